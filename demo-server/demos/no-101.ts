import type { ServerHttp2Stream } from 'node:http2';

import { WebSocketServer } from 'ws';

import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { encodeFrame, type Frame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { webSocketOptions, type DemoServer, type StreamContext } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { talkWithoutUpgrade } from '#demo-server/robot/http2-errands.ts';

/** Of one message: page and robot send one short one. */
const MAX_PAYLOAD = 1024;

const webSockets = new WebSocketServer({ ...webSocketOptions, maxPayload: MAX_PAYLOAD });

/** The same echo twice: after a 101 over HTTP/1.1, and after a 200 over HTTP/2 (RFC 8441). */
export const demo: DemoServer = {
  http2Errand: talkWithoutUpgrade,

  upgrade(request, socket, head, context) {
    if (context.rest !== 'echo') throw new RequestError(404, 'The echo is at the address echo.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      webSocket.on('message', (message: Buffer, binary) => {
        context.note('message', { over: 'HTTP/1.1', text: message.toString() }, context.connection);
        webSocket.send(message, { binary });
      });
    });
  },

  stream(stream, headers, context) {
    const isWebSocket = headers[':method'] === 'CONNECT' && headers[':protocol'] === 'websocket';
    if (!isWebSocket || headers[':path'] !== '/echo') {
      stream.respond({ ':status': 404 }, { endStream: true });
      return;
    }
    // RFC 8441 §5: 200 stands for the 101. Whoever asked had no key, and there is none to answer.
    stream.respond({ ':status': 200 });
    echo(stream, context);
  },
};

/** `ws` has no public way to take a stream, and an echo needs little: each frame back, without mask. */
function echo(stream: ServerHttp2Stream, context: StreamContext): void {
  const reader = new FrameReader({ maxPayloadLength: MAX_PAYLOAD });
  const answer = ({ opcode, applicationData }: Frame) => {
    if (opcode === Opcode.text) {
      const text = Buffer.from(applicationData).toString();
      context.note('message', { over: 'HTTP/2', text }, context.connection);
    }
    stream.write(encodeFrame({ opcode, applicationData }));
    if (opcode === Opcode.close) stream.end();
  };
  stream.on('data', (octets: Buffer) => {
    for (const element of reader.push(octets)) {
      if (element.type === 'frame') answer(element.frame);
      else stream.close();
    }
  });
}
