import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const folder = join(import.meta.dirname, '../../../demo-server');
const sources = new Map(
  globSync('**/*.ts', { cwd: folder }).map((file) => [
    file.replaceAll('\\', '/'),
    readFileSync(join(folder, file), 'utf8'),
  ]),
);

const filesWith = (pattern: RegExp) =>
  [...sources].filter(([, text]) => pattern.test(text)).map(([file]) => file);

describe('threat 5: the demo server as a client', () => {
  it('opens connections in one place, which knows one address', () => {
    assert.ok(sources.size > 30);
    assert.deepEqual(filesWith(/\bnet\.(?:create)?[cC]onnect|new (?:net\.)?Socket\(/), [
      'boxes/inner-listener.ts',
    ]);
    const text = sources.get('boxes/inner-listener.ts') ?? '';
    assert.match(text, /net\.connect\(\{ port, host: '127\.0\.0\.1'/);
    assert.equal(text.split('net.connect').length, 2);
    // To a listener of this process, or to one of a server process that it has begun itself.
    assert.match(text, /connectToOwn\(this\.#port\)/);
    assert.deepEqual(filesWith(/connectToOwn\(/).sort(), [
      'boxes/inner-listener.ts',
      'server-processes/server-process.ts',
    ]);
    const process = sources.get('server-processes/server-process.ts') ?? '';
    assert.deepEqual(process.match(/connectToOwn\([^)]*\)/g), ['connectToOwn(this.#port)']);
  });

  it('begins one program, and no other: its own server process', () => {
    assert.deepEqual(filesWith(/from 'node:child_process/), ['server-processes/server-process.ts']);
    const text = sources.get('server-processes/server-process.ts') ?? '';
    assert.match(text, /import \{ fork, type ChildProcess \} from 'node:child_process'/);
    assert.match(text, /const PROGRAM = join\(import\.meta\.dirname, 'shop-server\.ts'\);/);
    assert.deepEqual(text.match(/\bfork\([^,]*,/g), ['fork(PROGRAM,']);
  });

  it('has no other way out: no fetch, no https, no datagram, no name look-up', () => {
    assert.deepEqual(filesWith(/\bfetch\(|new (?:WebSocket|EventSource)\(/), []);
    assert.deepEqual(filesWith(/from 'node:(?:https|dgram|dns|cluster|worker_threads)/), []);
    // A ClientRequest here always has the agent of its own upstream.
    const clients = filesWith(/import \{[^}]*\b(?:request|get|Agent)\b[^}]*\} from 'node:http'/);
    assert.deepEqual(clients, ['boxes/upstream.ts']);
    // A client of TLS here is always given a connection of ours to speak on.
    assert.deepEqual(filesWith(/from 'node:tls'/), ['robot/box-errand.ts', 'robot/tls-end.ts']);
    const tls = sources.get('robot/box-errand.ts') ?? '';
    assert.equal(tls.match(/\bspeakTls\(/g)?.length, 1);
    assert.match(tls, /speakTls\(\{ socket, servername/);
    assert.match(sources.get('robot/tls-end.ts') ?? '', /import \{ TLSSocket \} from 'node:tls'/);
    // An HTTP/2 client here is always given a connection of ours to speak on.
    const http2 = filesWith(/import (?:\{[^}]*\bconnect\b[^}]*\}|\w+|\* as \w+) from 'node:http2'/);
    assert.deepEqual(http2, ['robot/http2-errands.ts']);
    const text = sources.get('robot/http2-errands.ts') ?? '';
    assert.equal(text.match(/\bconnect\(/g)?.length, 1);
    assert.match(text, /connect\(`http:\/\/\$\{AUTHORITY\}`, \{\s*createConnection: /);
  });
});
