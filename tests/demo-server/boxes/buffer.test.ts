import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** Opens the event stream through the box, and reads it piece by piece. */
async function openFeed(via: string) {
  const run = await client.beginRun('fallback');
  const watcher = await client.watch(run);
  const controller = new AbortController();
  const address = `${client.origin}/live/${run}/fallback/via/${via}/feed/events?after=0`;
  const opening = fetch(address, controller);
  await watcher.note('subscribe');
  const publish = (updates: number) =>
    client.send('POST', `/live/${run}/fallback/feed`, { updates, intervalMs: 10 });
  const read = async () => {
    const { body } = await opening;
    const chunks: string[] = [];
    for await (const octets of body ?? []) chunks.push(Buffer.from(octets).toString());
    return chunks.join('');
  };
  return { watcher, opening, publish, read, giveUp: () => controller.abort() };
}

describe('buffer', () => {
  it('until=size: sends on whenever it holds that much, and the rest at the end', async () => {
    const { watcher, publish, read } = await openFeed('buffer;until=size;octets=60');
    await publish(6);
    assert.deepEqual((await read()).match(/(?<=id: )\d+/g), ['1', '2', '3', '4', '5', '6']);
    await watcher.until(() =>
      watcher.notes('response-released').some(({ data }) => data['why'] === 'its end has come'),
    );
    const released = watcher.notes('response-released').map(({ data }) => data);
    assert.ok(released.length > 2);
    for (const { octets, why } of released.slice(0, -1)) {
      assert.ok(Number(octets) >= 60);
      assert.equal(why, 'its buffer is full');
    }
    assert.equal(released.at(-1)?.['why'], 'its end has come');
  });

  it('until=time: an open stream comes through, late', async () => {
    const { watcher, opening, giveUp } = await openFeed('buffer;until=time;ms=50');
    const { body } = await opening;
    const { value } = (await body?.getReader().read()) ?? {};
    assert.match(Buffer.from(value ?? []).toString(), /^event: hello/);
    assert.equal((await watcher.note('response-released')).data['why'], 'its time is over');
    giveUp();
  });
});
