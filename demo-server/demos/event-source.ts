import type { IncomingMessage, ServerResponse } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import { wholeNumber } from '#demo-server/front/whole-number.ts';
import { later } from '#demo-server/later.ts';

type Ticker = {
  last: number;
  timer: NodeJS.Timeout | undefined;
  readonly streams: Set<ServerResponse>;
  /** How the next request for the stream is answered, instead of with the stream. */
  instead: 204 | 503 | undefined;
};

const INTERVAL_MS = 500;
/** Who was away longer than this is told the rest only. */
const KEPT = 240;
const RETRY_AFTER_SECONDS = 2;
/** A stream of the seven keeps one of the browser's six connections to us; nobody may keep it long. */
const TAB_MS = 8000;

const tickers = new WeakMap<DemoContext['run'], Ticker>();

/** A ticker as an event stream, what a deploy does to it, and streams for seven tabs. */
export const demo: DemoServer = {
  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'GET ticks':
        answerTicks(request, response, context);
        return;
      case 'GET tab':
        sendTab(response, context);
        return;
      case 'POST end': {
        const { with: how } = await readJsonContent(request);
        if (how !== 'nothing' && how !== 503 && how !== 204) {
          throw new RequestError(400, 'End the streams with "nothing", 503 or 204.');
        }
        endStreams(tickerOf(context.run), how === 'nothing' ? undefined : how);
        context.note('ended-streams', { next: how === 'nothing' ? 200 : how });
        answerJson(response, 200, { ended: true });
        return;
      }
      default:
        throw new RequestError(404, 'Try GET ticks, GET tab or POST end.');
    }
  },
};

/** An event stream of numbers, from the one after the last that the client has. WHATWG HTML §9.2. */
function answerTicks(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const ticker = tickerOf(context.run);
  const retryMs = wholeNumber(context.query.get('retry') ?? '1000', 100, 10_000, 'retry');
  const lastId = request.headers['last-event-id']?.toString() ?? context.query.get('after');
  const after = lastId === null ? ticker.last : wholeNumber(lastId, 0, 1e9, 'the last id');
  const { instead } = ticker;
  ticker.instead = undefined;
  if (instead !== undefined) {
    context.note('refused', { statusCode: instead }, context.connection);
    response.statusCode = instead;
    if (instead === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    response.end();
    return;
  }
  context.note('stream', { after }, context.connection);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`retry: ${String(retryMs)}\n\n`);
  const first = Math.max(after + 1, ticker.last - KEPT + 1);
  for (let number = first; number <= ticker.last; number += 1) writeTick(response, number);
  ticker.streams.add(response);
  response.once('close', () => ticker.streams.delete(response));
  start(ticker, context.run);
}

/** One of the seven: it says hello, and ends by itself. */
function sendTab(response: ServerResponse, context: DemoContext) {
  const tab = wholeNumber(context.query.get('tab') ?? '', 1, 7, 'tab');
  context.note('tab', { tab }, context.connection);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`data: {"tab":${String(tab)}}\n\n`);
  later(TAB_MS, response, () => {
    response.end('event: bye\ndata: {}\n\n');
  });
}

/** Breaks what is open, as a server that is replaced does. */
function endStreams(ticker: Ticker, instead: Ticker['instead']) {
  ticker.instead = instead;
  for (const response of ticker.streams) response.destroy();
}

/** Ticks as long as the run lasts and anybody has listened lately. */
function start(ticker: Ticker, run: DemoContext['run']) {
  if (ticker.timer !== undefined || run.ended.aborted) return;
  let unheard = 0;
  const stop = () => {
    clearInterval(ticker.timer);
    ticker.timer = undefined;
    run.ended.removeEventListener('abort', stop);
  };
  ticker.timer = setInterval(() => {
    ticker.last += 1;
    for (const response of ticker.streams) writeTick(response, ticker.last);
    unheard = ticker.streams.size > 0 ? 0 : unheard + 1;
    if (unheard >= KEPT) stop();
  }, INTERVAL_MS);
  run.ended.addEventListener('abort', stop, { once: true });
}

/** A reader that leaves much unread is let go; it comes back with its last id. */
function writeTick(response: ServerResponse, number: number) {
  response.write(`id: ${String(number)}\ndata: {"number":${String(number)}}\n\n`);
  if (response.writableLength > 64 * 1024) response.destroy();
}

function tickerOf(run: DemoContext['run']): Ticker {
  const ticker = tickers.get(run) ?? {
    last: 0,
    timer: undefined,
    streams: new Set<ServerResponse>(),
    instead: undefined,
  };
  tickers.set(run, ticker);
  return ticker;
}
