import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { WebSocket } from 'ws';
import demo from '#demos/roulette/demo.ts';
import { countOf, serversOf } from '#demos/roulette/servers.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { goalsMet, rowsOf } from '#tests/support/captured-run.ts';

const client = await startDemoServer();
const CLIENTS = 8;

type Way = {
  readonly rule: 'round-robin' | 'fewest-sockets';
  readonly how: 'drain' | 'kill';
  readonly resend?: true;
  readonly end: readonly string[];
};

/** Plays one round: three messages each, one more while the servers end, then the count. */
async function rowsAfter({ rule, how, resend, end }: Way) {
  const run = await client.beginRun('roulette');
  const place = `/live/${run}/roulette/`;
  const post = (path: string, content: object) => client.send('POST', place + path, content);
  const watcher = await client.watch(run);
  await post('begin', { rule });
  const sockets = new Map<number, WebSocket>();
  const open = async (number: number) => {
    const socket = await client.openWebSocket(`${place}ws?client=${String(number)}`);
    sockets.set(number, socket);
    return socket;
  };
  const say = (number: number, message: number) => {
    const socket = sockets.get(number)!;
    const heard = once(socket, 'message');
    socket.send(JSON.stringify({ n: message }));
    return heard;
  };
  for (let number = 1; number <= CLIENTS; number += 1) await open(number);
  const everyone = [...sockets.keys()];
  const answered = () => watcher.text('down').match(/\{"done":/g)?.length ?? 0;
  for (const number of everyone) {
    for (const message of [1, 2, 3]) sockets.get(number)?.send(JSON.stringify({ n: message }));
  }
  // On both hops.
  await watcher.until(() => answered() === 2 * 3 * CLIENTS);
  await post('scale', {});
  await watcher.until(() => watcher.notes('placed').length === CLIENTS);
  let message = 3;
  for (const name of end) {
    message += 1;
    const last = message;
    const servers = serversOf(rowsOf(watcher.events));
    const there = servers.find((server) => server.name === name)?.clients ?? [];
    const back = everyone.map(async (number) => {
      const lost = once(sockets.get(number)!, 'close');
      const answer = say(number, last);
      // Whoever is at the ended server comes back; the others stay.
      if (!there.includes(number)) {
        await answer;
        return;
      }
      const isAnswered = await Promise.race([answer.then(() => true), lost.then(() => false)]);
      await lost;
      await open(number);
      if (resend && !isAnswered) await say(number, last);
    });
    await Promise.all([post(`servers/${name}`, { how }), ...back]);
  }
  const sent = Object.fromEntries(everyone.map((number) => [number, message]));
  await post('count', { sent });
  await watcher.note('counted');
  return rowsOf(watcher.events);
}

describe('Rebalance without tears', () => {
  const challenge = 'rebalance';

  it('is solved by draining one server where new sockets go to the one with the fewest', async () => {
    const rows = await rowsAfter({ rule: 'fewest-sockets', how: 'drain', end: ['A'] });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['moved', 'no-loss']);
    assert.deepEqual(countOf(rows), { sent: 32, missing: 0, sockets: 8, onNew: 50 });
  });

  it('is solved by killing, where clients send again what was not acknowledged', async () => {
    const rows = await rowsAfter({ rule: 'fewest-sockets', how: 'kill', resend: true, end: ['A'] });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['moved', 'no-loss']);
  });

  it('is not solved by killing alone: the unfinished messages are gone', async () => {
    const rows = await rowsAfter({ rule: 'fewest-sockets', how: 'kill', end: ['A'] });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['moved']);
    assert.equal(countOf(rows)?.missing, 4);
  });

  it('is not solved by scaling alone: nobody moves', async () => {
    const rows = await rowsAfter({ rule: 'fewest-sockets', how: 'drain', end: [] });
    assert.deepEqual(goalsMet(demo, challenge, rows), []);
    assert.deepEqual(
      serversOf(rows).map(({ name, clients }) => [name, clients.length]),
      [
        ['A', 4],
        ['B', 4],
        ['C', 0],
        ['D', 0],
      ],
    );
  });
});
