import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const event = '{"news":"The kettle boils"}';

async function begin() {
  const run = await client.beginRun('first-event');
  return { run, place: `/live/${run}/first-event`, watcher: await client.watch(run) };
}

describe('the event', () => {
  it('is the same by request and by WebSocket, and each is noted with its round', async () => {
    const { place, watcher } = await begin();
    const { text, headers } = await client.ask({ path: `${place}/event?round=3` });
    assert.equal(text, event);
    assert.equal(headers['cache-control'], 'no-store');
    const webSocket = client.webSocket(`${place}/events?round=3`);
    const [data] = (await once(webSocket, 'message')) as [Buffer];
    assert.equal(data.toString(), event);
    await watcher.until(() => watcher.notes('sent').length === 2);
    assert.deepEqual(
      watcher.notes('sent').map(({ data }) => data),
      [
        { round: 3, by: 'fetch' },
        { round: 3, by: 'WebSocket' },
      ],
    );
  });

  it('is no note where a request only opens a connection', async () => {
    const { place, watcher } = await begin();
    await client.ask({ path: `${place}/event?round=0` });
    await client.ask({ path: `${place}/event?round=1` });
    await watcher.note('sent');
    assert.equal(watcher.notes('sent').length, 1);
  });

  it('ends its connection when it is asked for as the last', async () => {
    const { place } = await begin();
    const agent = new Agent({ keepAlive: true });
    const connectionField = async (path: string) => {
      const outgoing = request(`${client.origin}${path}`, { agent }).end();
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      await once(incoming.resume(), 'end');
      return incoming.headers.connection;
    };
    assert.equal(await connectionField(`${place}/event?round=1&last=`), 'close');
    assert.equal(await connectionField(`${place}/event?round=2`), 'keep-alive');
    agent.destroy();
  });

  it('says what to ask for instead', async () => {
    const { place } = await begin();
    const statusOf = async (path: string) =>
      (await client.ask({ path: `${place}/${path}` })).statusCode;
    assert.equal(await statusOf('events?round=1'), 426);
    assert.equal(await statusOf('tea'), 404);
    for (const round of ['', '?round=x', '?round=10000']) {
      assert.equal(await statusOf(`event${round}`), 400, round);
    }
  });
});

describe('the robot with an HTTP/2 connection that is open', () => {
  it('has the event after one round trip by each', async () => {
    const { run, watcher } = await begin();
    const { text } = await client.send('POST', `/runs/${run}/robot`, { delayMs: 60 });
    const { fetchMs, webSocketMs } = JSON.parse(text) as { fetchMs: number; webSocketMs: number };
    // There and back take 120 ms; less can't be chance, and three round trips were 360.
    for (const ms of [fetchMs, webSocketMs]) assert.ok(ms >= 118 && ms < 360, String(ms));
    await watcher.until(() => watcher.notes('sent').length === 2);
    const connections = watcher.notes('sent').map(({ connection }) => connection);
    assert.equal(new Set(connections).size, 1);
    // It hangs up: nothing of it stays open.
    await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
  });

  it('takes a delay within bounds, and nothing else', async () => {
    const { run } = await begin();
    for (const errand of [{ delayMs: 501 }, { delayMs: -1 }, { delayMs: '5' }, { host: 'x' }]) {
      const { statusCode } = await client.send('POST', `/runs/${run}/robot`, errand);
      assert.equal(statusCode, 400, JSON.stringify(errand));
    }
  });
});
