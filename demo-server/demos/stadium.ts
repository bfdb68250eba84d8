import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { sendToListener } from '#demo-server/unread.ts';

type Score = { readonly event: number; readonly home: number; readonly away: number };
type Match = {
  score: Score;
  readonly listeners: Set<(score: Score) => void>;
  /** Changes of the score since somebody asked for it. */
  unseen: number;
  timer: NodeJS.Timeout | undefined;
};

const CHANGES_EVERY_MS = 5000;
/** A match that so many changes long nobody has asked about is paused. */
const MAX_UNSEEN = 12;
const MAX_WAIT_MS = 25_000;
const FIRST_EVENT = 41;
const webSockets = new WebSocketServer(webSocketOptions);
const matches = new WeakMap<DemoContext['run'], Match>();

/** A score that changes every five seconds, and the ways of telling it to a crowd. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    const match = matchOf(context);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const hangUp = listen(match, (score) => {
        sendToListener(webSocket, JSON.stringify(score));
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', hangUp);
    });
  },

  request(request, response, context) {
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      throw new RequestError(405, 'Ask for this with GET.');
    }
    const match = matchOf(context);
    switch (context.rest) {
      case 'score':
        answerJson(response, 200, match.score);
        return;
      case 'readers/score':
        answerScore(response, match.score, {
          'Cache-Control': `max-age=0, s-maxage=${lifetimeOf(context.query)}`,
          'X-Demo-Score': match.score.event,
        });
        return;
      case 'readers/log':
        answerNext(response, match, offsetOf(context.query, match));
        return;
      case 'readers/events':
        streamNext(response, match);
        return;
      default:
        throw new RequestError(404, 'Try score, readers/score, readers/log or readers/events.');
    }
  },
};

/**
 * Says what came after an offset, as soon as there is something. The offset is part of the address,
 * and what came after it never changes, so that this answer is the same for everyone.
 *
 * To a cache, the wait is part of its age (RFC 9111 §4.2.3, response_delay): the lifetime has to be
 * longer, or the answer is stale when it comes, and each who waited for it asks anew.
 */
function answerNext(response: ServerResponse, match: Match, offset: number): void {
  const answer = (score: Score) => {
    answerScore(response, score, { 'Cache-Control': 'max-age=60', 'X-Demo-Event': score.event });
  };
  if (offset < match.score.event) answer(match.score);
  else {
    onceChanged(response, match, answer, () => {
      response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
    });
  }
}

function answerScore(response: ServerResponse, score: Score, fields: OutgoingHttpHeaders): void {
  response.writeHead(200, { 'Content-Type': 'application/json', ...fields });
  response.end(JSON.stringify(score));
}

/** A stream that ends after the first event, so that its reader is done with it. */
function streamNext(response: ServerResponse, match: Match): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  onceChanged(
    response,
    match,
    (score) => response.end(`id: ${String(score.event)}\ndata: ${JSON.stringify(score)}\n\n`),
    () => response.end(),
  );
}

function onceChanged(
  response: ServerResponse,
  match: Match,
  changed: (score: Score) => void,
  timeIsUp: () => void,
): void {
  const hangUp = listen(match, (score) => {
    leave();
    changed(score);
  });
  const timer = setTimeout(() => {
    leave();
    timeIsUp();
  }, MAX_WAIT_MS).unref();
  const leave = () => {
    clearTimeout(timer);
    hangUp();
  };
  response.once('close', leave);
}

function listen(match: Match, listener: (score: Score) => void): () => void {
  match.listeners.add(listener);
  return () => void match.listeners.delete(listener);
}

/** The run's match, which goes on from where it was paused. */
function matchOf(context: DemoContext): Match {
  const { run } = context;
  const match: Match = matches.get(run) ?? {
    score: { event: FIRST_EVENT, home: 0, away: 0 },
    listeners: new Set(),
    unseen: 0,
    timer: undefined,
  };
  matches.set(run, match);
  match.unseen = 0;
  if (match.timer === undefined && !run.ended.aborted) {
    match.timer = setInterval(() => {
      change(match, context);
    }, CHANGES_EVERY_MS).unref();
    const pause = () => {
      pauseMatch(match);
    };
    run.ended.addEventListener('abort', pause, { once: true });
  }
  return match;
}

function change(match: Match, context: DemoContext): void {
  match.unseen += 1;
  if (match.unseen > MAX_UNSEEN && match.listeners.size === 0) {
    pauseMatch(match);
    return;
  }
  const { event, home, away } = match.score;
  const isHome = event % 3 !== 0;
  match.score = { event: event + 1, home: home + Number(isHome), away: away + Number(!isHome) };
  context.note('scored', { event: match.score.event });
  for (const listener of [...match.listeners]) listener(match.score);
}

function pauseMatch(match: Match): void {
  clearInterval(match.timer);
  match.timer = undefined;
}

function offsetOf(query: URLSearchParams, { score }: Match): number {
  const text = query.get('offset') ?? '';
  const offset = Number(text);
  if (/^\d{1,6}$/.test(text) && offset <= score.event) return offset;
  throw new RequestError(400, `Ask with the number of an event, up to ${String(score.event)}.`);
}

function lifetimeOf(query: URLSearchParams): string {
  const text = query.get('lifetime') ?? '2';
  if (/^(?:[1-9]|[1-5]\d|60)$/.test(text)) return text;
  throw new RequestError(400, 'A lifetime is 1 to 60 seconds.');
}
