import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { MAX_RUNS } from '#demo-server/runs/run-store.ts';
import { Client } from '#tests/demo-server/running-server.ts';

import type { Meter } from './metered-server.ts';

const SLICE = 250;
const CONNECTIONS = 10_000;
/** Far less than 10,000 of anything that is kept by mistake: that would be 200 octets for each. */
const MAX_GROWTH = 2 * 1024 * 1024;

async function startMeteredServer() {
  const child = fork(join(import.meta.dirname, 'metered-server.ts'), {
    execArgv: ['--expose-gc'],
  });
  after(() => child.kill('SIGKILL'));
  const ask = async <Answer>() => (await once(child, 'message'))[0] as Answer;
  const server = await ask<{ port: number; address: string }>();
  const client = new Client({ ...server, close: () => Promise.resolve() });
  const measure = (): Promise<Meter> => {
    child.send('measure');
    return ask();
  };
  /** Waits for what the server still does with connections that are closed for us. */
  const settle = async (descriptors: number): Promise<Meter> => {
    for (;;) {
      const meter = await measure();
      if (meter.descriptors <= descriptors) return meter;
    }
  };
  return { client, measure, settle };
}

/** Opens one connection, says something on it, waits for an answer, and lets it go. */
async function visit(client: Client, run: string, index: number): Promise<void> {
  const socket = net.connect(client.server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  const fields = `Host: ${client.origin.slice(7)}\r\nOrigin: ${client.origin}\r\n`;
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const heads = [
    `GET /live/${run}/echo/ws HTTP/1.1\r\n${fields}${upgrade}\r\n`,
    `GET / HTTP/1.1\r\n${fields}\r\n`,
    `GET /live/${run}/echo/via/buffer/ws HTTP/1.1\r\n${fields}${upgrade}\r\n`,
    `GET /live/unknown/echo/ws HTTP/1.1\r\n${fields}${upgrade}\r\n`,
    'GET /unfinished HT',
  ];
  const head =
    index === 0
      ? `GET /runs/${run}/wire HTTP/1.1\r\n${fields}${upgrade}\r\n`
      : (heads[index % heads.length] ?? '');
  socket.write(head);
  if (head.endsWith('\r\n\r\n')) await once(socket, 'data');
  if (index % 2 === 0) socket.resetAndDestroy();
  else socket.resume().end();
  await whenClosed(socket);
}

async function openAndClose(client: Client, slices: number, size: number): Promise<void> {
  for (let slice = 0; slice < slices; slice += 1) {
    const run = await client.beginRun('echo');
    await Promise.all(Array.from({ length: size }, (_, index) => visit(client, run, index)));
  }
}

/** Has all earlier runs given up, and what they store: that is bounded, and not what is asked here. */
async function replaceRuns(client: Client): Promise<void> {
  for (let count = 0; count < MAX_RUNS; count += 1) await client.beginRun('echo');
}

describe('10,000 connections, opened and closed', () => {
  it(
    'leave memory and descriptors where they were',
    {
      skip: existsSync('/proc/self/fd') ? false : 'descriptors are counted in /proc, not here',
      timeout: 60_000,
    },
    async (test) => {
      const { client, measure, settle } = await startMeteredServer();
      const { descriptors } = await measure();
      // Has everything compiled once.
      await openAndClose(client, 5, SLICE);
      await replaceRuns(client);
      const before = await settle(descriptors);
      await openAndClose(client, CONNECTIONS / SLICE, SLICE);
      await replaceRuns(client);
      const afterwards = await settle(descriptors);
      test.diagnostic(JSON.stringify({ before, afterwards }));
      assert.ok(afterwards.heapUsed - before.heapUsed < MAX_GROWTH, 'heap');
    },
  );
});
