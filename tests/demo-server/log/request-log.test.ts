import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';

import { createDemoServer } from '#demo-server/server.ts';
import { Client, writeSite } from '#tests/demo-server/running-server.ts';

type Line = Readonly<Record<string, unknown>>;

/** A server whose log is kept here, with a way to wait for a line. */
async function start() {
  const text: string[] = [];
  const lines: Line[] = [];
  let arrived = () => undefined as void;
  const log = (line: string) => {
    text.push(line);
    lines.push(JSON.parse(line) as Line);
    arrived();
  };
  const server = await createDemoServer({ port: 0, host: '127.0.0.1', site: writeSite(), log });
  after(() => server.close());
  const line = async (is: (line: Line) => boolean): Promise<Line> => {
    for (;;) {
      const found = lines.find(is);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (arrived = resolve));
    }
  };
  return { client: new Client(server), text, lines, line };
}

const { client, text, lines, line } = await start();
const host = client.origin.slice(7);

const withoutTimes = ({ time, ms, ...rest }: Line) => {
  assert.match(String(time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.ok(typeof ms === 'number' && ms >= 0);
  return rest;
};

describe('the log', () => {
  it('tells a request by method, target and status, a run by six characters', async () => {
    const run = await client.beginRun('echo');
    await client.send('POST', `/live/${run}/echo/ping`);
    const six = run.slice(0, 6);
    assert.deepEqual(withoutTimes(await line((entry) => entry['run'] === six)), {
      kind: 'request',
      method: 'POST',
      target: `/live/${six}/echo/ping`,
      run: six,
      status: 204,
    });
    const begun = await line((entry) => entry['target'] === '/runs');
    assert.deepEqual(withoutTimes(begun), {
      kind: 'request',
      method: 'POST',
      target: '/runs',
      status: 201,
    });
  });

  it('tells a target as it came, also where a demo asks a library for another', async () => {
    const run = await client.beginRun('libraries');
    await client.send('POST', `/live/${run}/libraries/sockjs/000/abcdefgh/xhr`);
    const { target } = await line((entry) => entry['run'] === run.slice(0, 6));
    assert.equal(target, `/live/${run.slice(0, 6)}/libraries/sockjs/000/abcdefgh/xhr`);
  });

  it('tells an upgrade when it is answered and again when it is over', async () => {
    const run = await client.beginRun('echo');
    const webSocket = await client.openWebSocket(`/live/${run}/echo/ws?fragments=2`);
    const facts = {
      method: 'GET',
      target: `/live/${run.slice(0, 6)}/echo/ws`,
      run: run.slice(0, 6),
    };
    const opened = await line((entry) => entry['kind'] === 'upgrade');
    assert.deepEqual(withoutTimes(opened), { kind: 'upgrade', ...facts, status: 101 });
    webSocket.send('Hello');
    await once(webSocket, 'message');
    webSocket.close();
    const closed = await line((entry) => entry['kind'] === 'upgraded-closed');
    assert.deepEqual(withoutTimes(closed), { kind: 'upgraded-closed', ...facts, status: 101 });
  });

  it('tells what was refused: by the guard, by a box, as no HTTP', async () => {
    client.webSocket('/live/x/echo/ws', 'http://attacker.example');
    await line((entry) => entry['kind'] === 'upgrade' && entry['status'] === 403);
    const run = await client.beginRun('echo');
    client.webSocket(`/live/${run}/echo/via/refuse-upgrade/ws`);
    const target = `/live/${run.slice(0, 6)}/echo/via/refuse-upgrade/ws`;
    const refused = await line((entry) => entry['target'] === target);
    assert.equal(refused['status'], 403);
    await client.exchangeRaw('\x16\x03\x01 not HTTP\r\n\r\n');
    await line((entry) => entry['kind'] === 'client-error');
  });
});

describe('threat 17: terminal escape and log injection', () => {
  it('writes one line of printable ASCII for whatever target', async () => {
    const before = lines.length;
    const hostile = [
      '/\x9b31m',
      '/\xe2\x80\xae',
      '/"},{"kind":"x',
      '/%1b[2J%0a',
      `/${'a'.repeat(9000)}`,
    ];
    for (const target of hostile) {
      await client.exchangeRaw(
        `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
    }
    await line((entry) => String(entry['target']).startsWith('/aaaa'));
    assert.ok(lines.length - before >= hostile.length);
    for (const one of text) assert.match(one, /^[\x20-\x7e]+\n$/);
    for (const entry of lines) assert.ok(String(entry['target']).length <= 200);
  });

  it('holds no id of a run, no query, no field and no content', async () => {
    const run = await client.beginRun('echo');
    const secret = 'other=secret';
    const asking = (target: string, method = 'GET') =>
      client.ask({
        method,
        path: target,
        headers: {
          origin: client.origin,
          cookie: secret,
          authorization: secret,
          'content-type': 'application/json',
        },
        ...(method === 'POST' && { content: JSON.stringify({ data: secret }) }),
      });
    await asking(`/live/${run}/echo/ping`, 'POST');
    await asking(`/live/${run}/echo/ws?token=${secret}`);
    await asking(`/runs/${run}/robot`, 'POST');
    await asking(`/?password=${secret}`);
    const watcher = await client.watch(run);
    watcher.webSocket.close();
    await line((entry) => entry['kind'] === 'upgraded-closed' && entry['run'] === run.slice(0, 6));
    assert.doesNotMatch(text.join(''), /secret|token|password/);
    assert.ok(!text.join('').includes(run));
  });
});
