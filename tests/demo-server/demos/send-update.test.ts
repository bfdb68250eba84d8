import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';

import type { Row } from '#capture/row.ts';
import { RawListener } from '#demo-server/robot/raw-listener.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { Connections } from '#demo-server/runs/connections.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);

/** Sends the robot to the strict server; resolves with the rows of its exchange. */
async function robotSends(method: string): Promise<{ report: unknown; rows: readonly Row[] }> {
  const run = await client.beginRun('send-update');
  const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, { method });
  assert.equal(statusCode, 200, text);
  const watcher = await client.watch(run);
  await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
  return { report: JSON.parse(text), rows: rowsOf(watcher.events) };
}

const calls = (rows: readonly Row[]) => rows.filter(({ kind }) => kind === 'server');
const head = (method: string, target: string, more = '') =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${client.origin}\r\n` +
  `Content-Length: 0\r\n${more}\r\n`;

describe('the strict server', () => {
  it('answers what it does not know with 501 (RFC 9110 §15.6.2), by the robot’s own octets', async () => {
    for (const method of ['UPDATE', 'patch', 'put']) {
      const { report, rows } = await robotSends(method);
      assert.deepEqual(report, { statusCode: 501 });
      const asked = rows.find(({ kind }) => kind === 'http.req.head');
      assert.deepEqual([asked?.sender, asked?.data['method']], ['ROBOT', method]);
      assert.match(Buffer.from(asked!.octets!).toString(), new RegExp(`^${method} /live/`));
      assert.deepEqual(calls(rows), []);
    }
  });

  it('answers what it knows, and calls its handler once', async () => {
    for (const method of ['GET', 'PUT', 'PATCH']) {
      const { report, rows } = await robotSends(method);
      assert.deepEqual(report, { statusCode: 200 });
      assert.deepEqual(
        calls(rows).map(({ data }) => [data['name'], data['method']]),
        [['handler-called', method]],
      );
    }
  });
});

describe('the servers behind Node’s parser', () => {
  for (const server of ['node', 'router']) {
    it(`${server}: UPDATE and patch are refused before any handler`, async () => {
      const run = await client.beginRun('send-update');
      const watcher = await client.watch(run);
      for (const method of ['UPDATE', 'patch']) {
        const answer = await client.exchangeRaw(head(method, `/live/${run}/send-update/${server}`));
        assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
      }
      // What comes after them has come after whatever they would have noted.
      await client.send('PUT', `/live/${run}/send-update/${server}`);
      await watcher.note('handler-called');
      assert.deepEqual(
        watcher.notes('handler-called').map(({ data }) => data['method']),
        ['PUT'],
      );
      const asked = rowsOf(watcher.events).filter(({ kind }) => kind === 'http.req.head');
      assert.deepEqual(asked.map(({ data }) => data['method']).slice(0, 2), ['UPDATE', 'patch']);
    });
  }

  it('refuse it on a connection that has served before, with an answer too', async () => {
    const run = await client.beginRun('send-update');
    const target = `/live/${run}/send-update/node`;
    const socket = await client.connect();
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    socket.write(head('PUT', target));
    while (!received.includes('{"method":"PUT"}')) await once(socket, 'data');
    socket.write(head('UPDATE', target));
    await whenClosed(socket);
    assert.match(received, /^HTTP\/1\.1 200 OK[^]*HTTP\/1\.1 400 Bad Request\r\nConnection: close/);
  });

  it('the router knows no DELETE, and says what it knows (RFC 9110 §15.5.6)', async () => {
    const run = await client.beginRun('send-update');
    const answer = await client.ask({
      method: 'DELETE',
      path: `/live/${run}/send-update/router`,
      headers: { origin: client.origin },
    });
    assert.deepEqual([answer.statusCode, answer.headers.allow], [405, 'GET, PUT, PATCH']);
  });
});

describe('threat 5: a robot that is told a method', () => {
  it('takes one of a few, and nothing else', async () => {
    const run = await client.beginRun('send-update');
    for (const errand of [
      {},
      { method: 'CONNECT' },
      { method: 'GET / HTTP/1.1\r\nX: y\r\n' },
      { method: 'GET', target: '/' },
      { method: ['GET'] },
    ]) {
      const { statusCode } = await client.send('POST', `/runs/${run}/robot`, errand);
      assert.equal(statusCode, 400, JSON.stringify(errand));
    }
  });

  it('finds a listener that cuts whoever else connects, without a word', async () => {
    const listener = new RawListener(new Connections(new RunStore()), () => assert.fail('served'));
    after(() => listener.server.close());
    await listener.listen();
    const { port } = listener.server.address() as AddressInfo;
    const stranger = net.connect(port, '127.0.0.1');
    stranger.on('error', () => undefined);
    stranger.on('data', () => assert.fail('a stranger was answered'));
    stranger.write('GET / HTTP/1.1\r\n\r\n');
    await whenClosed(stranger);
  });
});
