import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, describe, it } from 'node:test';

import { WebSocket } from 'ws';

import { readArguments } from '#demo-server/arguments.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { createDemoServer } from '#demo-server/server.ts';
import { Client, startDemoServer, writeSite } from '#tests/demo-server/running-server.ts';

const site = writeSite();
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts the program; resolves with its first line and the process. */
function start(...args: string[]) {
  const main = new URL('../../demo-server/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, '--site', site, ...args]);
  children.push(child);
  const output = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.error += text));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  return { child, output, ended, ready: once(child.stdout, 'data') };
}

/** Says whether a connection to this address is accepted. */
function accepts(port: number, host: string): Promise<boolean> {
  const socket = net.connect(port, host);
  return new Promise((resolve) => {
    socket.once('error', () => {
      resolve(false);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

const isOneLine = (text: string) => /^[^\n]+\n$/.test(text);

describe('main', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends on ${signal} at once: WebSockets with 1001, idle connections not waited for`, async () => {
      const { child, output, ended, ready } = start('--port', '0');
      await ready;
      assert.match(output.out, /^Switching Protocols is at http:\/\/localhost:\d+\n$/);
      const address = output.out.trim().split(' ').at(-1) ?? '';
      const port = Number(address.split(':').at(-1));
      const client = new Client({ address, port, close: () => Promise.resolve() });
      const run = await client.beginRun('echo');
      const headers = { origin: address };
      const demo = new WebSocket(`${address.replace('http', 'ws')}/live/${run}/echo/ws`, {
        headers,
      });
      const wire = new WebSocket(`${address.replace('http', 'ws')}/runs/${run}/wire`, { headers });
      await Promise.all([once(demo, 'open'), once(wire, 'open')]);
      const idle = net.connect(port, 'localhost');
      idle.on('error', () => undefined);
      await once(idle, 'connect');

      child.kill(signal);
      const [[demoCode], [wireCode]] = (await Promise.all([
        once(demo, 'close'),
        once(wire, 'close'),
      ])) as [[number], [number]];
      assert.deepEqual([demoCode, wireCode], [1001, 1001]);
      assert.deepEqual(await ended, [0, null]);
      assert.equal(output.error, '');
      idle.destroy();
    });
  }

  it('threat 23: says in one line that the port is taken and what to do, and exits with 1', async () => {
    const { server } = await startDemoServer();
    const { output, ended } = start('--port', String(server.port));
    assert.deepEqual(await ended, [1, null]);
    assert.equal(output.out, '');
    assert.ok(isOneLine(output.error), output.error);
    assert.match(output.error, new RegExp(`Port ${String(server.port)} is taken.* --port \\d+`));
  });

  it('refuses an argument that it does not know with one line and 2', async () => {
    for (const args of [
      ['--no-such'],
      ['--port', 'x'],
      ['--port'],
      ['stray'],
      ['--port', '70000'],
    ]) {
      const { output, ended } = start(...args);
      assert.deepEqual(await ended, [2, null]);
      assert.ok(isOneLine(output.error), output.error);
    }
  });

  // Threat 25 is the abuse of a server that strangers reach; a copy for them is files, and has none.
  it('threats 22 and 25: refuses to serve other machines, with one line', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
      const { output, ended } = start('--host', host);
      assert.deepEqual(await ended, [2, null], host);
      assert.ok(isOneLine(output.error), output.error);
      assert.match(output.error, /other machines/);
    }
  });

  it('threat 17: prints no control character that an argument holds', async () => {
    const { output, ended } = start('--\x1b[31m\x07');
    await ended;
    assert.match(output.error, /^[\x20-\x7e]+\n$/);
  });
});

describe('main --log', () => {
  for (const log of [true, false]) {
    it(log ? 'writes lines of JSON on standard error' : 'is off unless asked for', async () => {
      const { child, output, ended, ready } = start('--port', '0', ...(log ? ['--log'] : []));
      await ready;
      const address = output.out.trim().split(' ').at(-1) ?? '';
      const port = Number(address.split(':').at(-1));
      const client = new Client({ address, port, close: () => Promise.resolve() });
      const logged = log ? once(child.stderr, 'data') : undefined;
      await client.ask({ path: '/?secret' });
      await logged;
      child.kill('SIGTERM');
      await ended;
      assert.match(output.error, log ? /^\{"time":.*"target":"\/","status":200/ : /^$/);
    });
  }
});

describe('arguments', () => {
  it('take PORT and HOST from the environment, the command line first', () => {
    const env = { PORT: '5000', HOST: '127.0.0.1' };
    assert.deepEqual(readArguments([], env), {
      port: 5000,
      host: '127.0.0.1',
      site: 'dist',
      buildId: 'unknown',
      liftLimits: false,
      log: false,
    });
    assert.equal(readArguments(['--port', '6000'], env).port, 6000);
    assert.equal(readArguments([], {}).port, 4321);
  });
});

describe('the server', () => {
  it('listens on loopback and nowhere else', async () => {
    const server = await createDemoServer({ port: 0, site });
    after(() => server.close());
    assert.equal(await accepts(server.port, '127.0.0.1'), true);
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address, internal, scopeid } of addresses) {
      if (internal) assert.equal(await accepts(server.port, address), true, address);
      else if (!scopeid) assert.equal(await accepts(server.port, address), false, address);
    }
  });

  it('ends while a stream, a poll and an unfinished request are open', async () => {
    const server = await createDemoServer({ port: 0, host: '127.0.0.1', site });
    const client = new Client(server);
    const run = await client.beginRun('fallback');
    const sockets = [];
    for (const path of ['feed/events', 'feed/poll?wait=25', 'via/buffer/feed/events']) {
      const socket = await client.connect();
      const closed = whenClosed(socket);
      socket.write(
        `GET /live/${run}/fallback/${path} HTTP/1.1\r\nHost: ${server.address.slice(7)}\r\n\r\n`,
      );
      sockets.push(closed);
      socket.resume();
    }
    const unfinished = await client.connect();
    unfinished.write('GET / HT');
    await server.close();
    await Promise.all(sockets);
  });
});
