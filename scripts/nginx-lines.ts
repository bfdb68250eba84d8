// Puts a WebSocket behind nginx with each choice of four lines of configuration, and writes down what
// it did: src/demos/boxes/nginx-recorded.ts. Takes 75 seconds, since nginx's default limit is 60.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { WebSocket, WebSocketServer } from 'ws';

import { nginxLines } from '#demos/boxes/nginx-lines.ts';

/** The server's heartbeat: longer than nginx's default limit, shorter than the one of line four. */
const HEARTBEAT_MS = 65_000;
const PATIENCE_MS = 70_000;
const TARGET = join(import.meta.dirname, '../src/demos/boxes/nginx-recorded.ts');

const said = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
if (said.error !== undefined) {
  console.log('nginx is not installed here; the recorded behaviour stays as it is.');
  process.exit(0);
}
const version = said.stderr.trim().replace('nginx version: ', '');

/** What the origin saw of each choice's handshake, by the target that tells them apart. */
const seen = new Map<string, string>();
const origin = createServer((request, response) => {
  note(request);
  response.end('a page\n');
});
const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
origin.on('upgrade', (request, socket, head) => {
  note(request);
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    const beat = setInterval(() => webSocket.send('beat'), HEARTBEAT_MS);
    webSocket.on('close', () => clearInterval(beat)).on('error', () => undefined);
  });
});
const originPort = await listen(origin);

const folder = mkdtempSync(join(tmpdir(), 'nginx-lines-'));
chmodSync(folder, 0o755);
const choices = Array.from({ length: 2 ** nginxLines.length }, (_, bits) =>
  nginxLines.map((_, line) => (bits & (1 << line)) !== 0),
);
const ports = await Promise.all(choices.map(freePort));
const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((name) => `${name}_temp_path ${join(folder, name)};`)
  .join(' ');
const servers = choices.map((choice, index) => {
  const lines = nginxLines.filter((_, line) => choice[line]).map(({ text }) => text);
  return `server { listen 127.0.0.1:${String(ports[index])};
    location / { proxy_pass http://127.0.0.1:${String(originPort)}; ${lines.join(' ')} } }`;
});
writeFileSync(
  join(folder, 'nginx.conf'),
  `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')}; events {}
  http { access_log off; ${places} ${servers.join('\n')} }`,
);
/** Whatever happens to this script, no nginx stays. */
process.on('exit', () => nginx.kill());
const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
const results = await Promise.all(
  choices.map((choice, index) => tryChoice(choice, ports[index] ?? 0)),
);
nginx.kill();
await once(nginx, 'close');
origin.close();
rmSync(folder, { recursive: true, force: true });

const made = new Date().toISOString().slice(0, 10);
writeFileSync(
  TARGET,
  `// Written by scripts/nginx-lines.ts: what one nginx really did.
import type { NginxRecord } from './nginx-lines.ts';

export const nginxVersion = ${JSON.stringify(version)};
export const nginxRecordedOn = ${JSON.stringify(made)};

/** By choice of lines, one digit each. */
export const nginxRecorded: Readonly<Record<string, NginxRecord>> = ${JSON.stringify(Object.fromEntries(results), null, 2)};
`,
);
spawnSync('npx', ['prettier', '--write', TARGET]);
console.log(`${version}: ${String(results.length)} choices of lines, written to ${TARGET}`);
process.exit(0);

async function tryChoice(choice: readonly boolean[], port: number) {
  const key = choice.map(Number).join('');
  await untilListening(port);
  const beganAt = performance.now();
  const webSocket = new WebSocket(`ws://127.0.0.1:${String(port)}/${key}`, {
    perMessageDeflate: false,
  });
  let status = 101;
  let beats = 0;
  webSocket.on('error', () => undefined);
  webSocket.on('message', () => (beats += 1));
  webSocket.on('unexpected-response', (_request, response: IncomingMessage) => {
    status = response.statusCode ?? 0;
    webSocket.terminate();
  });
  const patience = setTimeout(() => webSocket.terminate(), PATIENCE_MS);
  // `once` would take the error of a refused handshake for a failure.
  const code = await new Promise<number>((resolve) => webSocket.on('close', resolve));
  clearTimeout(patience);
  const seconds = Math.round((performance.now() - beganAt) / 1000);
  const ended = seconds < PATIENCE_MS / 1000 - 1;
  return [
    key,
    {
      originSaw: seen.get(`/${key}`) ?? '',
      status,
      beats,
      ...(status === 101 && ended && { endedAfterSeconds: seconds, code }),
    },
  ] as const;
}

function note({ url = '', method = '', httpVersion, headers }: IncomingMessage): void {
  const fields = ['connection', 'upgrade']
    .filter((name) => headers[name] !== undefined)
    .map((name) => `${name}: ${String(headers[name])}`);
  seen.set(url, [`${method} HTTP/${httpVersion}`, ...fields].join('; '));
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
