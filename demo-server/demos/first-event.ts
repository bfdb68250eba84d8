import { WebSocketServer } from 'ws';

import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { waitForFirstEvents } from '#demo-server/robot/http2-errands.ts';

/** The same 27 octets by each transport. */
const EVENT = '{"news":"The kettle boils"}';
const webSockets = new WebSocketServer(webSocketOptions);

/** One event, which is there before anybody asks: what it takes is the way of asking. */
export const demo: DemoServer = {
  http2Errand: waitForFirstEvents,

  upgrade(request, socket, head, context) {
    if (context.rest !== 'events') throw new RequestError(404, 'The WebSocket is at events.');
    const round = roundOf(context);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      context.note('sent', { round, by: 'WebSocket' }, context.connection);
      // Right behind the 101: the server may speak first now.
      webSocket.send(EVENT);
    });
  },

  request(request, response, context) {
    const line = `${request.method ?? ''} ${context.rest}`;
    if (line === 'GET events') {
      throw new RequestError(426, 'Open this address as a WebSocket.');
    }
    if (line !== 'GET event') throw new RequestError(404, 'The event is at event and at events.');
    const round = roundOf(context);
    if (context.query.has('last')) {
      // RFC 9112 §9.6: the next one who starts from nothing finds no connection that is open.
      response.setHeader('Connection', 'close');
    }
    if (round > 0) context.note('sent', { round, by: 'fetch' }, context.connection);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': EVENT.length,
      'Cache-Control': 'no-store',
    });
    response.end(EVENT);
  },

  stream(stream, headers, context) {
    const asked = `${headers[':method'] ?? ''} ${headers[':path'] ?? ''}`;
    if (asked === 'GET /event') {
      context.note('sent', { by: 'fetch' }, context.connection);
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end(EVENT);
      return;
    }
    if (asked !== 'CONNECT /events' || headers[':protocol'] !== 'websocket') {
      stream.respond({ ':status': 404 }, { endStream: true });
      return;
    }
    context.note('sent', { by: 'WebSocket' }, context.connection);
    // RFC 8441 §5: 200 stands for the 101.
    stream.respond({ ':status': 200 });
    stream.write(encodeFrame({ opcode: Opcode.text, applicationData: Buffer.from(EVENT) }));
  },
};

/** Which of the page's rounds this belongs to; 0 for a request that only opens a connection. */
function roundOf({ query }: DemoContext): number {
  const text = query.get('round') ?? '';
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new RequestError(400, 'round is a whole number, 0 to 9999.');
}
