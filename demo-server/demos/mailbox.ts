import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { Feed, randomGap } from '#demo-server/feed.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { wholeNumber } from '#demo-server/front/whole-number.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

/** `at`: milliseconds since the mailbox was opened. */
type Letter = { readonly number: number; readonly at: number };
type Mailbox = { readonly openedAt: number; readonly letters: Feed<Letter> };

/** The mean time between two letters that come by themselves. */
const MEAN_GAP_MS = 3000;
/** Then the mailbox is full, and no more come. */
const CAPACITY = 200;
const MAX_WAIT_SECONDS = 25;
const MAX_SEED = 9999;

const webSockets = new WebSocketServer(webSocketOptions);
const mailboxes = new WeakMap<DemoContext['run'], Mailbox>();

/** A mailbox whose letters come at random moments, and the ways of being told of them. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'mail/ws') throw new RequestError(404, 'The WebSocket is at mail/ws.');
    const mailbox = mailboxOf(context);
    const since = sinceIn(context.query.get('since'));
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const hangUp = mailbox.letters.listen(since, {
        item: (letter) => {
          sendToListener(webSocket, JSON.stringify(letter));
        },
        end: () => {
          webSocket.close(1000);
        },
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', hangUp);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST mailbox':
        answerJson(response, 201, open(await readJsonContent(request), context));
        return;
      case 'DELETE mailbox':
        close(context.run);
        response.writeHead(204).end();
        return;
      case 'POST letter':
        answerJson(response, 201, drop(mailboxOf(context), 'hand', context));
        return;
      case 'GET mail':
        answerMail(response, context);
        return;
      case 'GET mail/stream':
        streamMail(request, response, context);
        return;
      case 'GET mail/ws':
        response.setHeader('Upgrade', 'websocket'); // RFC 9110 §15.5.22
        throw new RequestError(426, 'Open this address as a WebSocket.');
      default:
        throw new RequestError(404, 'Try POST mailbox, then mail, mail/stream or mail/ws.');
    }
  },
};

/** Says which letters are there; with `wait`, not before there is one, or the time is up. */
function answerMail(response: ServerResponse, context: DemoContext): void {
  const mailbox = mailboxOf(context);
  const since = sinceIn(context.query.get('since'));
  const wait = wholeNumber(context.query.get('wait') ?? '0', 0, MAX_WAIT_SECONDS, 'wait');
  const answer = () => {
    if (response.writableEnded) return;
    answerJson(response, 200, { letters: mailbox.letters.items.slice(since) });
  };
  if (wait === 0) {
    answer();
    return;
  }
  const hangUp = mailbox.letters.listen(since, { item: answer, end: answer });
  const timer = setTimeout(answer, wait * 1000);
  response.once('close', () => {
    clearTimeout(timer);
    hangUp();
  });
}

/** One answer that has no end. WHATWG HTML §9.2. */
function streamMail(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const mailbox = mailboxOf(context);
  const lastEventId = request.headers['last-event-id']?.toString();
  const since = sinceIn(lastEventId ?? context.query.get('since'));
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  // The head goes out now: the first letter may be far away.
  response.flushHeaders();
  const hangUp = mailbox.letters.listen(since, {
    item: (letter) => {
      writeToListener(
        response,
        `id: ${String(letter.number)}\ndata: ${JSON.stringify(letter)}\n\n`,
      );
    },
    end: () => response.end(),
  });
  response.once('close', hangUp);
}

/** Opens the run's mailbox anew; the letters that come by themselves follow the seed. */
function open({ seed = 1 }: JsonObject, context: DemoContext) {
  const checked = wholeNumber(typeof seed === 'number' ? String(seed) : null, 1, MAX_SEED, 'seed');
  const { run } = context;
  close(run);
  const mailbox = { openedAt: performance.now(), letters: new Feed<Letter>(run) };
  mailboxes.set(run, mailbox);
  deliver(mailbox, checked, 1, context);
  return { seed: checked, meanGapMs: MEAN_GAP_MS, capacity: CAPACITY };
}

/** Drops the letter with that place in the seed's row after its gap, then the next. */
function deliver(mailbox: Mailbox, seed: number, place: number, context: DemoContext): void {
  mailbox.letters.next(randomGap(seed, place, MEAN_GAP_MS), () => {
    if (mailbox.letters.items.length >= CAPACITY) return;
    drop(mailbox, 'chance', context);
    deliver(mailbox, seed, place + 1, context);
  });
}

function drop(mailbox: Mailbox, by: 'chance' | 'hand', context: DemoContext): Letter {
  if (mailbox.letters.items.length >= CAPACITY) {
    throw new RequestError(409, 'The mailbox is full. Open it anew with POST mailbox.');
  }
  const letter = {
    number: mailbox.letters.items.length + 1,
    at: Math.round((performance.now() - mailbox.openedAt) * 10) / 10,
  };
  context.note('letter', { number: letter.number, by });
  mailbox.letters.publish(letter);
  return letter;
}

function close(run: DemoContext['run']): void {
  mailboxes.get(run)?.letters.end();
  mailboxes.delete(run);
}

function mailboxOf({ run }: DemoContext): Mailbox {
  const mailbox = mailboxes.get(run);
  if (mailbox !== undefined) return mailbox;
  throw new RequestError(409, 'There is no mailbox yet. Open one with POST mailbox.');
}

/** Who names no letter has none. */
const sinceIn = (text: string | null): number => wholeNumber(text ?? '0', 0, CAPACITY, 'since');
