import { createHash } from 'node:crypto';

import type { DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

type Answer = { readonly status: string; readonly fields: Readonly<Record<string, string>> };

const ENDED = { Connection: 'close', 'Content-Length': '0' } as const;

/** RFC 6455 §4.2.2, item 5.4; written here once more, so that this demo stands by itself. */
const acceptFor = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** Each answer to the same good request. All but the first depart from RFC 6455 §4.2.2 in one point. */
function answerTo(way: string, key: string, here: string): Answer | undefined {
  const good = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptFor(key),
  };
  const switching = (fields: Readonly<Record<string, string>>): Answer => ({
    status: '101 Switching Protocols',
    fields,
  });
  switch (way) {
    case 'good':
      return switching(good);
    case 'wrong-accept':
      return switching({ ...good, 'Sec-WebSocket-Accept': acceptFor(`${key} `) });
    case 'ok-200':
      return { status: '200 OK', fields: { ...good, 'Content-Length': '0' } };
    case 'moved':
      return {
        status: '301 Moved Permanently',
        fields: { ...ENDED, Location: here.replace(/moved$/, 'good') },
      };
    case 'no-connection': {
      const { Upgrade, 'Sec-WebSocket-Accept': accept } = good;
      return switching({ Upgrade, 'Sec-WebSocket-Accept': accept });
    }
    case 'subprotocol':
      return switching({ ...good, 'Sec-WebSocket-Protocol': 'chat' });
    case 'extension':
      return switching({ ...good, 'Sec-WebSocket-Extensions': 'x-demo-extension' });
    case 'forbidden':
      return { status: '403 Forbidden', fields: ENDED };
    default:
      return undefined;
  }
}

/** Answers a good handshake in one of eight ways, seven of which no browser accepts. */
export const demo: DemoServer = {
  upgrade(request, socket, _head, context) {
    const [, way = ''] = /^ws\/([a-z0-9-]+)$/.exec(context.rest) ?? [];
    const answer = answerTo(way, request.headers['sec-websocket-key'] ?? '', request.url ?? '');
    if (answer === undefined) throw new RequestError(404, 'There is no such way to answer.');
    context.note('answered', { way, status: answer.status }, context.connection);
    const lines = Object.entries(answer.fields).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.on('error', () => undefined);
    // After a good one the page is told 1000 (RFC 6455 §7.4.1); no other gets this far.
    const close = way === 'good' ? Buffer.of(0x88, 0x02, 0x03, 0xe8) : Buffer.alloc(0);
    const head = Buffer.from(`HTTP/1.1 ${answer.status}\r\n${lines.join('')}\r\n`);
    socket.resume().end(Buffer.concat([head, close]));
  },
};
