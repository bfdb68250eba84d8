import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(rule = 'round-robin') {
  const run = await client.beginRun('roulette');
  const demo = `/live/${run}/roulette/`;
  const post = (path: string, content: object = {}) => client.send('POST', demo + path, content);
  const watcher = await client.watch(run);
  assert.equal((await post('begin', { rule })).statusCode, 200);
  return { demo, post, watcher, whoami: () => client.ask({ path: `${demo}whoami` }) };
}

describe('load balancer roulette', () => {
  it('requests go to two processes in turn; the path and both hops are captured', async () => {
    const { demo, watcher, whoami } = await begin();
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(JSON.parse((await whoami()).text));
    const [a, b] = watcher.notes('server-started').map(({ data }) => data);
    assert.deepEqual(answers, [
      { server: 'A', process: a?.['process'] },
      { server: 'B', process: b?.['process'] },
      { server: 'A', process: a?.['process'] },
      { server: 'B', process: b?.['process'] },
    ]);
    await watcher.until(() => watcher.text('down').match(/"server":"B"/g)?.length === 4);
    const opened = watcher.events.filter((event) => event.kind === 'open' && event.hop === 1);
    assert.equal(opened.length, 4);
    for (const event of opened) {
      assert.ok(event.kind === 'open' && event.sender === 'BOX' && event.box === 'balancer');
      assert.match(watcher.text('up', event.connection), new RegExp(`^GET ${demo}whoami HTTP`));
      assert.match(watcher.text('down', event.connection), /^HTTP\/1\.1 200 OK/);
    }
  });

  it('threat 15: the key between balancer and server is on no wire channel', async () => {
    const { watcher, whoami } = await begin();
    await whoami();
    await watcher.until(() => watcher.text('down').match(/"server":"A"/g)?.length === 2);
    assert.match(watcher.text('up'), /Proxy-Authorization: \x95{22}\r\n/);
  });

  it('a WebSocket stays where it is, whoever comes; a drained server says 1012', async () => {
    const { demo, post, watcher } = await begin('fewest-sockets');
    const [one] = [
      await client.openWebSocket(`${demo}ws?client=1`),
      await client.openWebSocket(`${demo}ws?client=2`),
    ];
    await post('scale');
    one.send('{"n":1}');
    const [done] = (await once(one, 'message')) as [Buffer];
    assert.equal(done.toString(), '{"done":1,"by":"A"}');
    // What is under way is finished and acknowledged before the goodbye.
    one.send('{"n":2}');
    const heard: string[] = [];
    one.on('message', (message: Buffer) => heard.push(message.toString()));
    const closed = once(one, 'close');
    const ended = post('servers/A', { how: 'drain' });
    assert.deepEqual(((await closed) as [number])[0], 1012);
    assert.deepEqual(heard, ['{"done":2,"by":"A"}']);
    assert.deepEqual(JSON.parse((await ended).text), { servers: ['B', 'C', 'D'] });
    await post('scale');
    const [before, after] = watcher
      .notes('server-started')
      .filter(({ data }) => data['server'] === 'A')
      .map(({ data }) => data['process']);
    assert.notEqual(before, after);
    await client.openWebSocket(`${demo}ws?client=1`);
    const placed = watcher.notes('placed').map(({ data }) => data['server']);
    assert.deepEqual(placed.slice(0, 2), ['A', 'B']);
  });

  it('a killed server’s WebSocket ends without a close frame', async () => {
    const { demo, post } = await begin();
    const socket = await client.openWebSocket(`${demo}ws?client=1`);
    const closed = once(socket, 'close');
    await post('servers/A', { how: 'kill' });
    assert.deepEqual(((await closed) as [number])[0], 1006);
  });

  it('says in words what it does not take', async () => {
    const { demo, post, whoami } = await begin();
    for (const [path, content, statusCode] of [
      ['begin', { rule: 'dice' }, 400],
      ['servers/A', { how: 'burn' }, 400],
      ['servers/C', { how: 'kill' }, 409],
      ['servers/E', { how: 'kill' }, 404],
      ['count', {}, 400],
      ['count', { sent: { 1: 1e9 } }, 400],
      ['count', { sent: { 99: 1 } }, 400],
      ['count', { sent: { 1: 'x' } }, 400],
    ] as const) {
      const answer = await post(path, content);
      assert.equal(answer.statusCode, statusCode, `${path} ${answer.text}`);
      assert.match(answer.text, /^\{"error":"[A-Z].*\."\}$/);
    }
    assert.equal((await client.ask({ path: `${demo}x` })).statusCode, 404);
    assert.equal((await whoami()).statusCode, 200);
    const fresh = await client.beginRun('roulette');
    assert.equal((await client.ask({ path: `/live/${fresh}/roulette/whoami` })).statusCode, 503);
  });
});
