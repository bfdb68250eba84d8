import type { IncomingMessage, ServerResponse } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';

type Wallet = {
  readonly number: number;
  balance: number;
  hasHold: boolean;
  requests: number;
  /** The answers to keys, as they were given first. */
  readonly answers: Map<string, Deposit>;
};

type Deposit = { readonly deposit: number; readonly balance: number };

export const FIRST_BALANCE = 100;
export const AMOUNT = 10;
/** Of a run; older ones are closed. */
const MAX_WALLETS = 16;
/** Of a wallet. */
const MAX_REQUESTS = 50;
const MAX_KEY = 64;

const walletsOf = new WeakMap<DemoContext['run'], Wallet[]>();

/** Wallets with 100 in them, and four ways to make it 110. Each of them may be asked for twice. */
export const demo: DemoServer = {
  async request(request, response, context) {
    if (context.rest === 'wallets' && request.method === 'POST') {
      await readJsonContent(request);
      answerJson(response, 201, { wallet: begin(context) });
      return;
    }
    const { wallet, what } = placeOf(context);
    const content = await readJsonContent(request);
    const way = `${request.method ?? ''} ${what}`;
    if (way === 'GET balance') {
      answerJson(response, 200, { balance: wallet.balance });
      return;
    }
    const act = ways[way];
    if (act === undefined) {
      throw new RequestError(404, `A wallet takes ${Object.keys(ways).join(', ')}.`);
    }
    wallet.requests += 1;
    if (wallet.requests > MAX_REQUESTS) throw new RequestError(429, 'Begin a new wallet.');
    const { method = '' } = request;
    act({
      wallet,
      request,
      response,
      content,
      note: (name) => {
        const { number, balance } = wallet;
        context.note(name, { wallet: number, method, balance }, context.connection);
      },
    });
  },
};

type Action = {
  readonly wallet: Wallet;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly content: JsonObject;
  readonly note: (name: 'applied' | 'duplicate' | 'nothing-left') => void;
};

const ways: Readonly<Record<string, (action: Action) => void>> = {
  /** Each deposit is a new thing, unless its key says that it is the same one. */
  'POST deposits': ({ wallet, request, response, content, note }) => {
    const amount = numberIn(content, 'amount');
    const key = keyOf(request);
    const known = wallet.answers.get(key ?? '');
    if (known !== undefined) {
      note('duplicate');
      answerJson(response, 201, known);
      return;
    }
    wallet.balance += amount;
    const answer = { deposit: amount, balance: wallet.balance };
    if (key !== undefined) wallet.answers.set(key, answer);
    note('applied');
    answerJson(response, 201, answer);
  },

  /** RFC 9110 §9.3.4: replaced by what is in the request, however often. */
  'PUT balance': ({ wallet, response, content, note }) => {
    wallet.balance = numberIn(content, 'balance');
    note('applied');
    answerJson(response, 200, { balance: wallet.balance });
  },

  /** RFC 5789 §2: not idempotent by itself. One that names a difference is not. */
  'PATCH balance': ({ wallet, response, content, note }) => {
    wallet.balance += numberIn(content, 'delta');
    note('applied');
    answerJson(response, 200, { balance: wallet.balance });
  },

  /** What is gone is gone: the second answer is another, the effect is the same. */
  'DELETE hold': ({ wallet, response, note }) => {
    if (!wallet.hasHold) {
      note('nothing-left');
      throw new RequestError(404, 'This wallet has no hold.');
    }
    wallet.hasHold = false;
    wallet.balance += AMOUNT;
    note('applied');
    answerJson(response, 200, { balance: wallet.balance });
  },
};

function keyOf({ headers }: IncomingMessage): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY) return key;
  throw new RequestError(400, `Send one Idempotency-Key of at most ${String(MAX_KEY)} characters.`);
}

function numberIn(content: JsonObject, name: string): number {
  const value = content[name];
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 1000) return value;
  throw new RequestError(400, `Send ${name} as a whole number, at most 1000.`);
}

function begin(context: DemoContext): number {
  const wallets = walletsOf.get(context.run) ?? [];
  walletsOf.set(context.run, wallets);
  const number = (wallets.at(-1)?.number ?? 0) + 1;
  wallets.push({
    number,
    balance: FIRST_BALANCE,
    hasHold: true,
    requests: 0,
    answers: new Map(),
  });
  if (wallets.length > MAX_WALLETS) wallets.shift();
  return number;
}

function placeOf({ rest, run }: DemoContext): { wallet: Wallet; what: string } {
  const [, number = '', what = ''] = /^wallets\/(\d{1,9})\/([a-z]+)$/.exec(rest) ?? [];
  const wallet = walletsOf.get(run)?.find((one) => one.number === Number(number));
  if (wallet === undefined) throw new RequestError(404, 'Begin a wallet with POST wallets.');
  return { wallet, what };
}
