import assert from 'node:assert/strict';
import { once } from 'node:events';
import { it } from 'node:test';

import { WITHHELD_OCTET, type WireEvent } from '#capture/wire-event.ts';
import { Random } from '#tests/support/random.ts';
import { startDemoServer, type Client, type Watcher } from '#tests/demo-server/running-server.ts';
import { LoopbackCapture, type TcpStream } from './loopback-capture.ts';
import { skipWithoutTshark } from './tshark.ts';

const LENGTHS = [0, 5, 125, 126, 1460, 65_535, 65_536, 300_000] as const;

/** One WebSocket and one exchange, each on a connection of its own. */
async function talk(client: Client, run: string): Promise<void> {
  const random = new Random(7);
  const webSocket = await client.openWebSocket(`/live/${run}/echo/ws`);
  for (const length of LENGTHS) {
    webSocket.send(random.octets(length));
    await once(webSocket, 'message');
  }
  webSocket.close(4001, 'enough');
  await once(webSocket, 'close');
  const headers = { origin: client.origin, cookie: 'theirs=secret', 'content-type': 'text/plain' };
  await client.ask({ method: 'POST', path: `/live/${run}/echo/ping`, headers, content: 'no JSON' });
}

/** Waits until the run has seen all its connections close. */
async function connectionsOf(watcher: Watcher, count: number): Promise<TcpStream[]> {
  await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === count);
  const opened = watcher.events.filter((event) => event.kind === 'open');
  return opened.map(({ connection }) => ({
    up: octetsOf(watcher.events, connection, 'up'),
    down: octetsOf(watcher.events, connection, 'down'),
  }));
}

function octetsOf(events: readonly WireEvent[], connection: number, direction: string): Buffer {
  return Buffer.concat(
    events.flatMap((event) =>
      event.kind === 'octets' && event.connection === connection && event.direction === direction
        ? [event.octets]
        : [],
    ),
  );
}

/** Overwrites in what the kernel carried the octets that the store withholds. */
function withheldAlike(carried: Buffer, stored: Buffer): Buffer {
  return Buffer.from(
    carried.map((octet, index) => (stored[index] === WITHHELD_OCTET ? WITHHELD_OCTET : octet)),
  );
}

it(
  'stores the octets that the kernel carried, withheld ones aside (dumpcap on loopback)',
  { skip: skipWithoutTshark },
  async (t) => {
    const client = await startDemoServer();
    const { port } = client.server;
    const capture = await LoopbackCapture.start(port);
    if (typeof capture === 'string') {
      t.skip(`This machine permits no capture, so the tap was not compared with one: ${capture}`);
      return;
    }
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    await talk(client, run);
    const stored = await connectionsOf(watcher, 2);
    await client.ask({ path: '/the-last-packet-of-this-capture' });
    await capture.until(Buffer.from('/the-last-packet-of-this-capture'));
    const carried = (await capture.stop(port)).filter(
      ({ up }) => up.includes(`GET /live/${run}`) || up.includes(`POST /live/${run}`),
    );

    assert.equal(stored.length, 2);
    assert.equal(carried.length, 2);
    for (const [index, stream] of carried.entries()) {
      const own = stored[index];
      assert.ok(own);
      assert.ok(withheldAlike(stream.up, own.up).equals(own.up), `up of connection ${index}`);
      assert.ok(withheldAlike(stream.down, own.down).equals(own.down), `down of ${index}`);
    }
    assert.ok(carried.some(({ up }) => up.includes('theirs=secret')));
    assert.ok(!stored.some(({ up }) => up.includes('theirs=secret')));
  },
);
