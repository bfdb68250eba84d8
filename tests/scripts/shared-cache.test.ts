import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';

import { runScript } from './run-script.ts';

const script = join(import.meta.dirname, '..', '..', 'scripts', 'shared-cache.ts');
const started: ChildProcessByStdio<null, Readable, Readable>[] = [];
after(() => {
  for (const child of started) child.kill();
});

async function startOrigin(cacheControl: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response
      .writeHead(200, { 'Cache-Control': cacheControl })
      .end(`answer ${String(asked.length)}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

async function startCache(origin: string) {
  const child = spawn(process.execPath, [script, '--origin', origin], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const [, address = ''] = /^shared-cache is at (http:\/\/127\.0\.0\.1:\d+)$/.exec(line) ?? [];
  const decisions: Record<string, unknown>[] = [];
  let arrived = () => undefined as void;
  createInterface(child.stderr).on('line', (text) => {
    const note = JSON.parse(text) as Record<string, unknown>;
    if (note['kind'] === 'cache-decision') decisions.push(note);
    arrived();
  });
  return {
    address,
    async decisions(count: number) {
      while (decisions.length < count) await new Promise<void>((resolve) => (arrived = resolve));
      return decisions.map(({ outcome, rule, section }) => [outcome, rule, section]);
    },
  };
}

describe('the shared cache alone, in front of an origin of this machine', () => {
  it('answers from its store while that is fresh, with an Age, and says by which rule', async () => {
    const origin = await startOrigin('max-age=60');
    const cache = await startCache(`http://127.0.0.1:${String(origin.port)}`);
    const answers = [];
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(`${cache.address}/score`);
      answers.push([await response.text(), response.headers.has('age')]);
    }
    assert.deepEqual(answers, [
      ['answer 1', false],
      ['answer 1', true],
    ]);
    assert.deepEqual(origin.asked, ['/score']);
    assert.deepEqual(await cache.decisions(2), [
      ['miss', 'NOTHING_STORED', 'RFC 9111 §4'],
      ['hit', 'FRESH', 'RFC 9111 §4.2'],
    ]);
  });

  it('asks each time where nothing may be stored (RFC 9111 §5.2.2.5)', async () => {
    const origin = await startOrigin('no-store');
    const cache = await startCache(`http://localhost:${String(origin.port)}/`);
    for (let time = 1; time <= 2; time += 1) {
      assert.equal(await (await fetch(cache.address)).text(), `answer ${String(time)}`);
    }
    assert.equal(origin.asked.length, 2);
  });

  for (const origin of ['http://example.org:80', 'https://127.0.0.1:1', '8000', '']) {
    it(`takes no other host than this machine: ${origin || 'none'}`, async () => {
      const args = origin === '' ? [] : ['--origin', origin];
      const { code, errors } = await runScript('shared-cache.ts', args);
      assert.equal(code, 2);
      assert.match(errors, /^--origin takes a port of this machine[^]*Usage: node scripts/);
    });
  }
});
