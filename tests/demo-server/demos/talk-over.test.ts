import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('talk-over');
  const { statusCode, text } = await client.send('POST', `/live/${run}/talk-over/talks`);
  assert.equal(statusCode, 201);
  assert.deepEqual(JSON.parse(text), { talk: 1, everyMs: 70 });
  const place = `/live/${run}/talk-over`;
  return { place, talk: `${place}/talks/1`, watcher: await client.watch(run) };
}

type Said = { n: number; heard: number };

describe('talking over a WebSocket', () => {
  it('goes both ways on one connection; what crossed is told by what each side had heard', async () => {
    const { talk, watcher } = await begin();
    const webSocket = await client.openWebSocket(`${talk}/ws`);
    const said: Said[] = [];
    webSocket.on('message', (data: Buffer) => said.push(JSON.parse(data.toString()) as Said));
    while (said.length < 3) await once(webSocket, 'message');
    assert.deepEqual(
      said.map(({ n, heard }) => [n, heard]),
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    );
    // As if it had been sent before the server's second number was there.
    webSocket.send('{"n":1,"heard":1}');
    const { data } = await watcher.note('heard');
    const saidBefore = watcher.notes('said').length;
    assert.equal(data['crossed'], saidBefore - 1);
    assert.ok(Number(data['crossed']) >= 2);
    assert.equal(data['sameConnection'], true);
    while (said.at(-1)?.heard !== 1) await once(webSocket, 'message');
  });

  it('closes on what is no number, with the reason', async () => {
    const { talk } = await begin();
    for (const wrong of ['{"n":0,"heard":0}', '{"n":1,"heard":99}', 'null', '{']) {
      const webSocket = await client.openWebSocket(`${talk}/ws`);
      webSocket.send(wrong);
      const [code, reason] = (await once(webSocket, 'close')) as [number, Buffer];
      assert.equal(code, 1008);
      assert.ok(reason.length > 10);
    }
  });
});

describe('talking by SSE and POST', () => {
  it('crosses as well, on two connections', async () => {
    const { talk, watcher } = await begin();
    const outgoing = request(`${client.origin}${talk}/events`, { agent: false });
    outgoing.on('error', () => undefined).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [text] = (await once(incoming.setEncoding('utf8'), 'data')) as [string];
    assert.equal(text, 'id: 1\ndata: {"n":1,"heard":0}\n\n');
    const { statusCode } = await client.send('POST', `${talk}/numbers`, { n: 1, heard: 0 });
    assert.equal(statusCode, 204);
    const { data } = await watcher.note('heard');
    assert.ok(Number(data['crossed']) >= 1);
    assert.equal(data['sameConnection'], false);
    incoming.destroy();
  });

  it('does not begin again when the stream was lost', async () => {
    const { talk } = await begin();
    const headers = { 'last-event-id': '3' };
    const { statusCode } = await client.ask({ path: `${talk}/events`, headers });
    assert.equal(statusCode, 204);
  });
});

describe('talking in turn', () => {
  it('answers with all that was due, and nothing crosses', async () => {
    const { talk, watcher } = await begin();
    let heard = 0;
    for (let n = 1; heard < 2; n += 1) {
      const { text } = await client.send('POST', `${talk}/exchange`, { n, heard });
      const { numbers } = JSON.parse(text) as { numbers: Said[] };
      for (const said of numbers) assert.deepEqual(said, { n: ++heard, heard: n });
    }
    for (const { data } of watcher.notes('heard')) assert.equal(data['crossed'], 0);
  });
});

describe('what is not there', () => {
  it('is answered with what to do instead', async () => {
    const { place, talk } = await begin();
    const statusOf = async (path: string, value: unknown) =>
      (await client.send('POST', path, value)).statusCode;
    assert.equal(await statusOf(`${place}/talks/2/numbers`, { n: 1, heard: 0 }), 404);
    assert.equal(await statusOf(`${talk}/tea`, {}), 404);
    assert.equal(await statusOf(`${talk}/numbers`, { n: 1.5, heard: 0 }), 400);
    assert.equal(await statusOf(`${talk}/exchange`, { n: 1001, heard: 0 }), 400);
  });

  it('keeps the sixteen newest talks of a run', async () => {
    const { place } = await begin();
    for (let talk = 2; talk <= 17; talk += 1) await client.send('POST', `${place}/talks`);
    const value = { n: 1, heard: 0 };
    const statusOf = async (talk: number) =>
      (await client.send('POST', `${place}/talks/${String(talk)}/numbers`, value)).statusCode;
    assert.deepEqual(await Promise.all([statusOf(1), statusOf(2)]), [404, 204]);
  });
});
