import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('carriers');
  return { run, place: `/live/${run}/carriers`, watcher: await client.watch(run) };
}

describe('the cookie', () => {
  it('is set at one path and taken away from the other, for no script to read', async () => {
    const { run, place } = await begin();
    const set = async (at: string) => {
      const { statusCode, headers } = await client.send('POST', `${place}/cookie`, { at });
      assert.equal(statusCode, 204);
      return headers['set-cookie'];
    };
    const line = (path: string, age: number) =>
      `demo=hello; Path=/live/${run}/carriers/${path}; Max-Age=${age}; SameSite=Strict; HttpOnly`;
    assert.deepEqual(await set('here'), [line('', 300), line('elsewhere/', 0)]);
    assert.deepEqual(await set('elsewhere'), [line('', 0), line('elsewhere/', 300)]);
    assert.deepEqual(await set('none'), [line('', 0), line('elsewhere/', 0)]);
    assert.equal((await client.send('POST', `${place}/cookie`, { at: '/' })).statusCode, 400);
  });

  it('is noted as there or not, with whether the request said its origin', async () => {
    const { place, watcher } = await begin();
    const { origin } = client;
    await client.ask({ path: `${place}/page`, headers: { cookie: 'a=b; demo=hello' } });
    await client.ask({ path: `${place}/bare`, headers: { cookie: 'nodemo=hello; demo=hellos' } });
    await client.ask({ method: 'POST', path: `${place}/page`, headers: { origin } });
    await client.openWebSocket(`${place}/ws`);
    await watcher.until(() => watcher.notes('asked').length === 4);
    assert.deepEqual(
      watcher.notes('asked').map(({ data }) => data),
      [
        { by: 'GET page', cookie: true, origin: 'none' },
        { by: 'GET bare', cookie: false, origin: 'none' },
        { by: 'POST page', cookie: false, origin },
        { by: 'WebSocket', cookie: false, origin },
      ],
    );
  });

  it('shows its length and never its value: it may be another program’s', async () => {
    const { place, watcher } = await begin();
    await client.ask({ path: `${place}/page`, headers: { cookie: 'secret=of-another-app' } });
    await watcher.note('asked');
    assert.doesNotMatch(watcher.text('up'), /of-another-app/);
    assert.match(watcher.text('up'), /cookie: .{21}\r\n/i);
  });
});

describe('the other requests', () => {
  it('are an event stream with one event, and nothing else', async () => {
    const { place, watcher } = await begin();
    const socket = await client.connect();
    const host = client.origin.slice('http://'.length);
    socket.write(`GET ${place}/events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    let text = '';
    while (!text.includes('\n\n')) {
      const [octets] = (await once(socket, 'data')) as [Buffer];
      text += octets.toString();
    }
    assert.match(text, /Content-Type: text\/event-stream/);
    assert.equal((await watcher.note('asked')).data['by'], 'event stream');
    assert.equal((await client.ask({ path: `${place}/tea` })).statusCode, 404);
  });
});
