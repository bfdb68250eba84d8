import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { CacheCase, Lines, Reply, Step } from './cache-case.ts';

/** A cache to put the cases to, and time as it knows it. */
export type CacheUnderTest = {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  /** Milliseconds since 1970. */
  now(): number;
  advance(seconds: number): Promise<void>;
  /** By how many seconds an `Age` may be off, where time is real. */
  readonly slackSeconds?: number;
};

type Script = {
  readonly now: () => number;
  reply: Reply;
  readonly asked: IncomingMessage[];
  content: string;
  heard: () => void;
};

/** The origin of all cases: it answers each path as the step that is under way says. */
export class CaseOrigin {
  readonly server = createServer((incoming, outgoing) => {
    this.#answer(incoming, outgoing);
  });
  readonly #scripts = new Map<string, Script>();

  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** @returns in words what went otherwise, `undefined` if nothing did. */
  async run({ id, steps }: CacheCase, cache: CacheUnderTest): Promise<string | undefined> {
    const script: Script = {
      now: () => cache.now(),
      reply: {},
      asked: [],
      content: '',
      heard: () => undefined,
    };
    this.#scripts.set(id, script);
    let stored = '';
    for (const [index, step] of steps.entries()) {
      if (step.after !== undefined) await cache.advance(step.after);
      const before = script.asked.length;
      script.reply = step.origin ?? {};
      script.content = script.reply.content ?? `${id} ${String(index + 1)}`;
      const answer = await ask(`${cache.address}/${id}${step.path ?? ''}`, step, cache.now());
      if (step.from === 'behind') await heardSince(script, before);
      const seen = { stored, fresh: script.content, asked: script.asked.slice(before) };
      const fault = faultOf(step, answer, seen, cache.slackSeconds ?? 0);
      if (fault !== undefined) return `step ${String(index + 1)}: ${fault}`;
      if (fromOrigin.has(step.from) && answer.content !== '') stored = answer.content;
    }
    return undefined;
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const [, id = ''] = /^\/([^/?]+)/.exec(incoming.url ?? '') ?? [];
    const script = this.#scripts.get(id);
    if (script === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    script.asked.push(incoming);
    script.heard();
    const { fields = [], fails } = script.reply;
    const statusCode = statusCodeFor(incoming, script.reply);
    if (fails === 'at-once') {
      incoming.socket.destroy();
      return;
    }
    outgoing.sendDate = false;
    const names = new Set(fields.map(([name]) => name.toLowerCase()));
    const date: Lines = names.has('date') ? [] : [['Date', '{date}']];
    const hasContent = statusCode !== 304 && statusCode !== 204;
    const length = Buffer.byteLength(script.content) + (fails === undefined ? 0 : 100);
    const isFramed = !hasContent || names.has('transfer-encoding');
    const framing: Lines = isFramed ? [] : [['Content-Length', String(length)]];
    const lines = filled([...date, ...fields, ...framing], script.now());
    outgoing.writeHead(statusCode, lines.flat());
    if (fails === undefined) outgoing.end(hasContent ? script.content : undefined);
    else outgoing.write(script.content, () => incoming.socket.destroy());
  }
}

/** RFC 9110 §15.4.5: 304 answers a condition, and nothing else. */
function statusCodeFor(incoming: IncomingMessage, { statusCode = 200 }: Reply): number {
  return statusCode === 304 && !isConditional(incoming) ? 200 : statusCode;
}

const isConditional = ({ headers }: IncomingMessage): boolean =>
  (headers['if-none-match'] ?? headers['if-modified-since']) !== undefined;

type Answer = {
  readonly statusCode: number;
  readonly headers: IncomingMessage['headers'];
  readonly content: string;
  readonly isWhole: boolean;
};

function ask(url: string, { method = 'GET', fields = [] }: Step, nowMs: number): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const { host } = new URL(url);
  const headers = filled([['Host', host], ...fields], nowMs).flat();
  const outgoing = request(url, { method, headers, agent: false, setHost: false });
  outgoing.once('response', (incoming) => {
    let content = '';
    const end = () => {
      const { statusCode = 0, headers: answered, complete } = incoming;
      resolve({ statusCode, headers: answered, content, isWhole: complete });
    };
    incoming.setEncoding('utf8').on('data', (text: string) => (content += text));
    incoming.once('end', end).once('error', end);
  });
  outgoing.once('error', () => {
    resolve({ statusCode: 0, headers: {}, content: '', isWhole: false });
  });
  outgoing.end();
  return promise;
}

async function heardSince(script: Script, before: number): Promise<void> {
  while (script.asked.length === before) {
    await new Promise<void>((resolve) => {
      script.heard = resolve;
      setTimeout(resolve, 2000).unref();
    });
    if (script.asked.length === before) return;
  }
}

const timesAsked: Partial<Record<Step['from'], number>> = { store: 0, nobody: 0, 'asked-twice': 2 };
const fromOrigin = new Set<Step['from']>(['origin', 'asked-twice']);
const noContent = new Set<Step['from']>(['nobody', 'error', 'cut']);

type Seen = {
  readonly stored: string;
  readonly fresh: string;
  readonly asked: readonly IncomingMessage[];
};

function faultOf(
  step: Step,
  answer: Answer,
  { stored, fresh, asked }: Seen,
  slackSeconds: number,
): string | undefined {
  const { statusCode = step.from === 'nobody' ? 504 : 200 } = step;
  const times = timesAsked[step.from] ?? 1;
  if (asked.length !== times) return `the origin was asked ${String(asked.length)} times`;
  if (answer.statusCode !== statusCode) return `the answer was ${String(answer.statusCode)}`;
  if (answer.isWhole === (step.from === 'cut')) return 'the answer was cut, or was not';
  const conditional = asked.some(isConditional);
  if (step.from === 'validated' && !conditional) return 'the origin was asked without a condition';
  const expected = fromOrigin.has(step.from) ? fresh : stored;
  const mayHave = statusCode !== 304 && statusCode !== 204 && step.method !== 'HEAD';
  const hasContent = mayHave && !noContent.has(step.from);
  if (hasContent && answer.content !== expected) return `the content was “${answer.content}”`;
  return (
    differing('answer', step.answer, answer.headers, slackSeconds) ??
    differing('question', step.asked, asked[0]?.headers ?? {})
  );
}

function differing(
  what: string,
  expected: Step['answer'] = {},
  headers: IncomingMessage['headers'],
  slackSeconds = 0,
): string | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const actual = headers[name]?.toString();
    const late = name === 'age' ? Number(actual) - Number(value) : NaN;
    if (late > 0 && late <= slackSeconds) continue;
    const isSame = value instanceof RegExp ? value.test(actual ?? '') : (actual ?? null) === value;
    if (!isSame) return `${name} of the ${what} was ${actual ?? 'not there'}`;
  }
  return undefined;
}

function filled(lines: Lines, nowMs: number): [string, string][] {
  return lines.map(([name, value]) => [
    name,
    value.replaceAll(/\{date([+-]\d+)?\}/g, (_, seconds: string | undefined) =>
      new Date(nowMs + Number(seconds ?? 0) * 1000).toUTCString(),
    ),
  ]);
}
