import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { ConnectionReader, type ConnectionElement } from '#protocol/http/connection-reader.ts';
import { concatOctets } from '#protocol/octets.ts';
import { recordingRelay, type RecordingRelay } from '#tests/support/recording-relay.ts';

/** What node:http says that it received. */
type Received = { readonly rawHeaders: readonly string[]; readonly body: Buffer };

describe('our reader and node:http, on what crossed a real connection', () => {
  const atServer: Received[] = [];
  let server: Server;
  let relay: RecordingRelay;

  before(async () => {
    server = createServer((request, response) => {
      void (async () => {
        const body = Buffer.concat(await request.toArray());
        atServer.push({ rawHeaders: request.rawHeaders, body });
        if (request.url === '/early') response.writeEarlyHints({ link: '</a>; rel=preload' });
        if (request.url === '/not-modified') response.writeHead(304, { ETag: '"1"' }).end();
        else if (request.url === '/length') response.setHeader('Content-Length', '5').end('hello');
        else {
          response.writeHead(200, { Trailer: 'X-Sum' });
          response.write('one,');
          response.addTrailers({ 'X-Sum': 'abc' });
          response.end(body.length === 0 ? 'two' : body);
        }
      })();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    relay = await recordingRelay((server.address() as AddressInfo).port);
  });
  after(async () => {
    await relay.close();
    server.close();
  });

  const exchange = async (method: string, path: string, body?: Buffer): Promise<Received> => {
    const { port } = relay;
    const request = httpRequest({ host: '127.0.0.1', port, method, path, agent: false });
    request.end(body);
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    return { rawHeaders: response.rawHeaders, body: Buffer.concat(await response.toArray()) };
  };

  it('agree on fields and content of requests and responses', async () => {
    const cases = [
      ['GET', '/chunked', undefined],
      ['GET', '/length', undefined],
      ['HEAD', '/length', undefined],
      ['GET', '/not-modified', undefined],
      ['GET', '/early', undefined],
      ['POST', '/chunked', Buffer.alloc(70_000, 'x')],
    ] as const;
    for (const [method, path, body] of cases) {
      const atClient = await exchange(method, path, body);
      const elements = read(relay.connections.at(-1) ?? []);
      const about = `${method} ${path}`;
      assert.deepEqual(rawHeaders(elements, 'up'), atServer.at(-1)?.rawHeaders, about);
      assert.deepEqual(content(elements, 'up'), atServer.at(-1)?.body, about);
      assert.deepEqual(rawHeaders(elements, 'down'), atClient.rawHeaders, about);
      assert.deepEqual(content(elements, 'down'), atClient.body, about);
      assert.ok(!elements.some(({ type }) => type === 'unread'), about);
    }
  });
});

function read(arrivals: RecordingRelay['connections'][number]): ConnectionElement[] {
  const reader = new ConnectionReader();
  return arrivals.flatMap(({ direction, octets }) => reader.push(direction, octets, 0));
}

/** Of the last head of that direction, the way that node:http gives them. */
function rawHeaders(elements: readonly ConnectionElement[], direction: string): string[] {
  const last = elements.findLast(
    (element) => element.direction === direction && element.type === 'head',
  );
  assert.ok(last?.type === 'head');
  return last.head.fieldLines.flatMap(({ name, value }) => [name, value]);
}

function content(elements: readonly ConnectionElement[], direction: string): Buffer {
  const isContent = (type: string) => type === 'data' || type === 'chunk-data';
  const pieces = elements
    .filter((element) => element.direction === direction && isContent(element.type))
    .map(({ octets }) => octets);
  return Buffer.from(concatOctets(pieces));
}
