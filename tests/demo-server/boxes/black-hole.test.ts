import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** @param rule direction and number, `up/3` */
async function begin(demo: string, rule: string) {
  const [swallows, nth] = rule.split('/');
  const run = await client.beginRun(demo);
  return {
    watcher: await client.watch(run),
    direct: `/live/${run}/${demo}/`,
    place: `/live/${run}/${demo}/via/black-hole;swallows=${swallows};nth=${nth}/`,
  };
}

/** Says over the echo `one`, `two` … and returns how each arrives at the server and comes back. */
async function sayAll(rule: string, words: readonly string[]) {
  const { place, watcher } = await begin('echo', rule);
  const webSocket = await client.openWebSocket(`${place}ws`);
  const back: string[] = [];
  webSocket.on('message', (data: Buffer) => back.push(data.toString()));
  webSocket.on('close', () => assert.fail('it closed'));
  for (const word of words) webSocket.send(word);
  return { webSocket, watcher, back };
}

const five = ['one', 'two', 'three', 'four', 'five'];

describe('black-hole on a WebSocket', () => {
  it('up/3: two messages get through, the third and all behind it do not', async () => {
    const { watcher, webSocket, back } = await sayAll('up/3', five);
    await watcher.until(() => watcher.notes('octets-swallowed').length === 3 && back.length === 2);
    assert.deepEqual(back, ['one', 'two']);
    assert.equal(watcher.notes('message').length, 2);
    // RFC 6455 §5.2: a masked header of 6 octets and the text.
    assert.deepEqual(
      watcher.notes('octets-swallowed').map(({ data }) => data),
      [11, 10, 10].map((octets) => ({ box: 'black-hole', direction: 'up', octets })),
    );
    assert.equal(webSocket.readyState, webSocket.OPEN);
    assert.equal(webSocket.bufferedAmount, 0);
    webSocket.removeAllListeners('close');
  });

  it('down/3: all arrive at the server, and from the third on no answer comes back', async () => {
    const { watcher, webSocket, back } = await sayAll('down/3', five);
    await watcher.until(() => watcher.notes('octets-swallowed').length === 3 && back.length === 2);
    assert.equal(watcher.notes('message').length, 5);
    assert.deepEqual(back, ['one', 'two']);
    webSocket.removeAllListeners('close');
  });

  it('both/1: nothing passes after the 101, and who hangs up is let go', async () => {
    const { watcher, webSocket, back } = await sayAll('both/1', five);
    await watcher.until(() => watcher.notes('octets-swallowed').length === 5);
    assert.equal(watcher.notes('message').length, 0);
    assert.deepEqual(back, []);
    webSocket.removeAllListeners('close');
    webSocket.terminate();
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
  });

  it('counts messages, not frames: a Pong before them is let through', async () => {
    const { place, direct, watcher } = await begin('echo', 'up/2');
    const webSocket = await client.openWebSocket(`${place}ws`);
    await client.send('POST', `${direct}ping`, { data: 'a' });
    await watcher.note('pong');
    webSocket.send('one');
    const [data] = (await once(webSocket, 'message')) as [Buffer];
    assert.equal(data.toString(), 'one');
  });

  it('counts each connection by itself', async () => {
    const { place } = await begin('echo', 'up/2');
    for (let round = 0; round < 2; round += 1) {
      const webSocket = await client.openWebSocket(`${place}ws`);
      webSocket.send('one');
      await once(webSocket, 'message');
    }
  });
});

/** A request whose answer may never come, and who gives up on it. */
function askWith(path: string) {
  const controller = new AbortController();
  const answer = fetch(`${client.origin}${path}`, { signal: controller.signal });
  answer.catch(() => undefined);
  return { answer, giveUp: () => controller.abort() };
}

describe('black-hole on ordinary requests', () => {
  it('up/2: every second request for an address never arrives at the server', async () => {
    const { place, watcher } = await begin('cache-fields', 'up/2');
    const path = `${place}resource`;
    assert.equal((await client.ask({ path })).statusCode, 200);
    const { answer, giveUp } = askWith(path);
    await watcher.note('request-swallowed');
    giveUp();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.equal((await client.ask({ path })).statusCode, 200);
    await watcher.until(() => watcher.notes('answer').length === 2);
    assert.equal(watcher.notes('answer').length, 2, 'of three');
  });

  it('down/2: every second one arrives, and its response does not come back', async () => {
    const { place, watcher } = await begin('cache-fields', 'down/2');
    assert.equal((await client.ask({ path: `${place}resource` })).statusCode, 200);
    const { answer, giveUp } = askWith(`${place}resource`);
    const note = await watcher.note('response-swallowed');
    assert.deepEqual([note.data['number'], note.data['statusCode']], [2, 200]);
    giveUp();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.equal(watcher.notes('answer').length, 2, 'the server has answered both');
    assert.equal((await client.ask({ path: `${place}resource` })).statusCode, 200);
  });

  it('counts the requests for each address by itself', async () => {
    const { place } = await begin('cache-fields', 'both/2');
    for (const query of ['a', 'b', 'c']) {
      const { statusCode } = await client.ask({ path: `${place}resource?${query}` });
      assert.equal(statusCode, 200);
    }
  });

  it('leaves what looks like its rule behind it where it is', async () => {
    const { place, watcher } = await begin('cache-fields', 'up/9');
    await client.ask({ path: `${place}up/1/resource` });
    await watcher.untilText('/cache-fields/up/1/resource HTTP/1.1');
  });
});
