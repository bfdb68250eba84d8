import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';

import type { BoxServer } from '#demo-server/box.ts';
import { importFolder } from '#demo-server/folder.ts';

const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

function start(...args: string[]) {
  const script = new URL('../../../scripts/serve-box.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...args]);
  children.push(child);
  const output = { error: '' };
  child.stderr.setEncoding('utf8').on('data', (part: string) => (output.error += part));
  return { child, output, ended: once(child, 'close') as Promise<[number | null]> };
}

/** A server of node:http that tells what reached it and agrees to any upgrade. */
async function startOrigin(): Promise<number> {
  const server = createServer(({ method = '', url = '', rawHeaders }, response) => {
    response.write(`${method} ${url}\n`);
    response.end(JSON.stringify(rawHeaders));
  });
  server.on('upgrade', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.on('error', () => undefined).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** One box in front of that server. */
async function startBox(name: string) {
  const { child, output } = start('--box', name, '--to', String(await startOrigin()));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const address = line.toString().trim().split(' ').at(-1) ?? '';
  const ask = async (headers: Record<string, string> = {}, method = 'GET') => {
    const asking = request(`${address}/some/where?x=1`, { method, headers, agent: false }).end();
    const [incoming] = (await once(asking, 'response')) as [IncomingMessage];
    return { statusCode: incoming.statusCode, content: await text(incoming) };
  };
  return { address, output, child, ask };
}

const UPGRADE = { Connection: 'Upgrade', Upgrade: 'echo' };

describe('serve-box', () => {
  it('forwards as a proxy does, target and all', async () => {
    const { ask } = await startBox('buffer');
    const { statusCode, content } = await ask({ 'X-Mine': '1' });
    assert.equal(statusCode, 200);
    assert.match(content, /^GET \/some\/where\?x=1\n.*"X-Mine","1".*"Via","1\.1 buffer"/);
  });

  it('strips an upgrade, and says so on standard error', async () => {
    const { ask, child, output } = await startBox('strip-upgrade');
    const noted = once(child.stderr, 'data');
    const { statusCode, content } = await ask(UPGRADE);
    assert.equal(statusCode, 200);
    assert.doesNotMatch(content, /"Upgrade"/i);
    await noted;
    assert.match(output.error, /^\{"kind":"upgrade-stripped","box":"strip-upgrade",/);
  });

  it('sets a box as an address would', async () => {
    const { ask, output, child } = await startBox('slow;delayMs=7;jitterMs=1');
    const noted = once(child.stderr, 'data');
    assert.match((await ask()).content, /^GET \/some\/where\?x=1\n.*"Via","1\.1 slow"/);
    await noted;
    assert.match(output.error, /"delayMs":7,"jitterMs":1,/);
  });

  it('starts every box alone, set as an address would', { timeout: 60_000 }, async () => {
    for (const [name, { parameters = {} }] of await importFolder<BoxServer>('boxes', 'box')) {
      const settings = Object.entries(parameters).map(
        ([parameter, schema]) => `;${parameter}=${String(schema.default)}`,
      );
      const { ask, child } = await startBox(name + settings.join(''));
      const { statusCode, content } = await ask();
      assert.equal(statusCode, 200, name);
      assert.ok(content.includes(`"Via","1.1 ${name}"`), name);
      child.kill();
    }
  });

  it('refuses an upgrade', async () => {
    const { ask } = await startBox('refuse-upgrade');
    assert.equal((await ask(UPGRADE)).statusCode, 403);
    assert.equal((await ask()).statusCode, 200);
  });

  it('joins two connections after a 101', async () => {
    const { address } = await startBox('buffer');
    const asking = request(address, { headers: UPGRADE, agent: false }).end();
    const [, socket] = (await once(asking, 'upgrade')) as [IncomingMessage, Socket];
    socket.write('there and back');
    const [back] = (await once(socket, 'data')) as [Buffer];
    assert.equal(back.toString(), 'there and back');
    socket.destroy();
  });

  it('threat 6: is no way in for a page elsewhere', async () => {
    const { ask } = await startBox('buffer');
    for (const headers of [
      { Host: 'attacker.example' },
      { Origin: 'http://attacker.example', ...UPGRADE },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      assert.equal((await ask(headers as Record<string, string>)).statusCode, 403);
    }
    const posted = await ask({ Origin: 'http://attacker.example' }, 'POST');
    assert.equal(posted.statusCode, 403);
  });

  it('threat 6: forwards to this machine alone, and says in words what it takes', async () => {
    for (const args of [
      [],
      ['--box', 'buffer'],
      ['--box', 'no-such', '--to', '80'],
      ['--box', 'slow;delayMs=x', '--to', '80'],
      ['--box', 'buffer', '--to', 'example.com:80'],
      ['--box', 'buffer', '--to', '10.0.0.1:80'],
      ['--box', 'buffer', '--to', 'http://localhost:80'],
      ['--box', 'buffer', '--to', 'localhost.example.com:80'],
      ['--box', 'buffer', '--to', '127.0.0.1:80@example.com'],
      ['--box', 'buffer', '--to', '70000'],
      ['--box', 'buffer', '--to', '80', '--port', 'x'],
      ['--box', 'buffer', '--to', '80', '--host', '0.0.0.0'],
    ]) {
      const { output, ended } = start(...args);
      const [code] = await ended;
      assert.equal(code, 2, args.join(' '));
      assert.match(output.error, /Usage: node scripts\/serve-box\.ts/);
    }
  });
});
