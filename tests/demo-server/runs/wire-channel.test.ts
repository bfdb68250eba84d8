import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { WebSocket } from 'ws';

import { RunStore } from '#demo-server/runs/run-store.ts';
import type { Run } from '#demo-server/runs/run.ts';
import { WireChannels } from '#demo-server/runs/wire-channel.ts';

/** A page on a wire channel, with the server's end of its connection. */
async function watch(run: Run): Promise<{ page: WebSocket; socket: Duplex }> {
  const channels = new WireChannels();
  const server = createServer();
  const upgraded = Promise.withResolvers<Duplex>();
  server.on('upgrade', (request, socket, head: Buffer) => {
    channels.upgrade(request, socket, head, run, 0);
    upgraded.resolve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const page = new WebSocket(`ws://127.0.0.1:${String(port)}/`, { perMessageDeflate: false });
  page.on('error', () => undefined);
  after(async () => {
    page.terminate();
    server.close();
    await channels.close();
  });
  await once(page, 'open');
  return { page, socket: await upgraded.promise };
}

const addOctets = (run: Run, length: number) => {
  const octets = new Uint8Array(length);
  run.addOctets(1, 'up', octets, performance.now());
};

describe('threat 13: the wire channel', () => {
  it('sends at most 60 batches a second', async () => {
    const run = new RunStore().create('echo');
    const began = performance.now();
    const { page } = await watch(run);
    let batches = 0;
    page.on('message', () => (batches += 1));
    for (let count = 0; count < 200; count += 1) {
      addOctets(run, 1);
      await setTimeout(1);
    }
    const most = ((performance.now() - began) * 60) / 1000 + 2;
    assert.ok(batches <= most, `${String(batches)} of ${String(most)}`);
    assert.ok(batches > 2);
  });

  it('holds little more than 1 MiB for a page that does not read', async () => {
    const run = new RunStore().create('echo');
    const { page, socket } = await watch(run);
    page.pause();
    let most = 0;
    // Far more than kernels buffer, at a pace at which every batch is full.
    for (let count = 0; count < 400; count += 1) {
      addOctets(run, 200_000);
      await setTimeout(2);
      most = Math.max(most, socket.writableLength);
    }
    assert.ok(most > 1024 * 1024, `the page fell behind: ${String(most)}`);
    assert.ok(most < 1024 * 1024 + 500_000, String(most));
  });

  it('looks no more often whether such a page reads again', async (test) => {
    const run = new RunStore().create('echo');
    const { page, socket } = await watch(run);
    page.pause();
    while (socket.writableLength <= 1024 * 1024) {
      addOctets(run, 200_000);
      await setTimeout(2);
    }
    addOctets(run, 200_000);
    const waits: (number | undefined)[] = [];
    const set = globalThis.setTimeout;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    test.mock.method(globalThis, 'setTimeout', (act: () => void, ms?: number) => {
      if (waits.push(ms) === 10) resolve(undefined);
      return set(act, ms);
    });
    await promise;
    const atOnce = waits.filter((ms) => ms === 0).length;
    assert.ok(atOnce < 5, `${String(atOnce)} of 10 at once`);
  });
});
