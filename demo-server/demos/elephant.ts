import { once } from 'node:events';

import { WebSocketServer, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** What one WebSocket is opened for: one large message, and two small things that don't want to wait. */
type Transfer = {
  readonly number: number;
  /** One frame, the fragments of one message, or messages of their own. */
  readonly way: 'frame' | 'fragments' | 'messages';
  readonly pieces: readonly Buffer[];
};

const KIB = 1024;
const WAYS = ['frame', 'fragments', 'messages'] as const;
/** Of the large message, in KiB. */
const MAX_SIZE = 256;
/** Of a piece of it, in KiB. */
const MAX_PIECE = 64;

const webSockets = new WebSocketServer(webSocketOptions);

/** A large message down a narrow path, with a ping and a small message right behind its beginning. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    const transfer = transferOf(context);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      void send(webSocket, transfer, context);
    });
  },

  request() {
    throw new RequestError(426, 'Open ws as a WebSocket, such as ws?transfer=1&way=frame.');
  },
};

/**
 * Sends the pieces, and behind each a ping whose pong it waits for: what it has not written can't stand
 * in anybody's way. All queues of the path are first in, first out.
 *
 * The small message is ready when the first piece is, and goes as soon as RFC 6455 §5.4 lets it: no
 * other message may come between the fragments of one.
 */
async function send(
  webSocket: WebSocket,
  { number: transfer, way, pieces }: Transfer,
  context: DemoContext,
): Promise<void> {
  const closed = new AbortController();
  webSocket.once('close', () => {
    closed.abort();
  });
  context.note('ready', { transfer, way, pieces: pieces.length }, context.connection);
  let isMouseOut = false;
  try {
    for (const [index, piece] of pieces.entries()) {
      const isLast = index === pieces.length - 1;
      const fin = way === 'messages' || isLast;
      webSocket.send(piece, { binary: true, fin });
      const pingedAt = context.now();
      webSocket.ping(String(index + 1));
      if (fin && !isMouseOut) {
        webSocket.send('{"small":true}');
        isMouseOut = true;
      }
      await once(webSocket, 'pong', { signal: closed.signal });
      const afterMs = Math.round(context.now() - pingedAt);
      const data = { transfer, number: index + 1, afterMs, isUnderWay: !isLast };
      context.note('pong', data, context.connection);
    }
    webSocket.close(1000);
  } catch {
    // Its reader is gone.
  }
}

function transferOf({ query }: DemoContext): Transfer {
  const way = WAYS.find((known) => known === query.get('way'));
  if (way === undefined) throw new RequestError(400, `Send way as one of ${WAYS.join(', ')}.`);
  const size = KIB * numberOf(query, 'sizeKiB', MAX_SIZE);
  const length = way === 'frame' ? size : KIB * numberOf(query, 'pieceKiB', MAX_PIECE);
  const elephant = Buffer.alloc(size, 'elephant');
  const pieces: Buffer[] = [];
  for (let from = 0; from < size; from += length) {
    pieces.push(elephant.subarray(from, from + length));
  }
  return { number: numberOf(query, 'transfer', 9999), way, pieces };
}

function numberOf(query: URLSearchParams, name: string, most: number): number {
  const text = query.get(name) ?? '';
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
  throw new RequestError(400, `${name} is a whole number, 1 to ${String(most)}.`);
}
