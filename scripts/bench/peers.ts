import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

import { Child } from './child.ts';
import { benchFile } from './section.ts';

/** Somebody else's program that sees or forwards the same echo, in front of a bare `ws` of its own. */
export type Peer = {
  readonly name: string;
  readonly program: string;
  /** Starts it in front of a server; resolves with what it runs in and where the load goes to. */
  start(port: number): Promise<{ readonly child: Child; readonly port: number }>;
};

export type StartedPeer = { readonly servers: readonly Child[]; readonly url: string };

const STARTING_MS = 15_000;

/** Looked for with `which`; who is missing is left out. */
export const peers: readonly Peer[] = [
  { name: 'bare ws, tshark captures (without decoding)', program: 'tshark', start: startTshark },
  { name: 'bare ws behind nginx', program: 'nginx', start: startNginx },
  { name: 'bare ws behind mitmdump', program: 'mitmdump', start: startMitmdump },
];

export function isInstalled({ program }: Peer): boolean {
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}

/** Starts a bare echo and the peer in front of it. */
export async function startPeer(peer: Peer): Promise<StartedPeer> {
  const server = Child.node(benchFile('target-bare.ts'), ['echo']);
  const url = new URL(await server.address());
  const { child, port } = await peer.start(Number(url.port));
  return { servers: [server, child], url: `ws://127.0.0.1:${String(port)}/ws` };
}

async function startTshark(port: number): Promise<{ child: Child; port: number }> {
  const filter = `tcp port ${String(port)}`;
  const limit = ['-a', 'duration:600'];
  const args = ['-i', 'lo', '-f', filter, '-w', '/dev/null', ...limit];
  const child = Child.program('tshark', args);
  await child.says(/Capturing on/);
  return { child, port };
}

/** One process, in the foreground: there is no worker to outlive it. */
async function startNginx(behind: number): Promise<{ child: Child; port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const port = await freePort();
  const configuration = join(folder, 'nginx.conf');
  writeFileSync(configuration, nginxConfiguration(folder, port, behind));
  const child = Child.program('nginx', ['-p', folder, '-c', configuration, '-e', 'stderr']);
  await listening(port);
  return { child, port };
}

function nginxConfiguration(folder: string, port: number, behind: number): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
    events { worker_connections 1024; }
    http {
      access_log off;
      ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      server {
        listen 127.0.0.1:${String(port)};
        location / {
          proxy_pass http://127.0.0.1:${String(behind)};
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
          proxy_read_timeout 600s;
        }
      }
    }`;
}

async function startMitmdump(behind: number): Promise<{ child: Child; port: number }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'bench-mitmdump-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const listen = ['--listen-host', '127.0.0.1', '--listen-port', String(port)];
  const mode = ['--mode', `reverse:http://127.0.0.1:${String(behind)}`];
  const child = Child.program('mitmdump', ['-q', ...mode, ...listen, '--set', `confdir=${folder}`]);
  await listening(port);
  return { child, port };
}

/** Programs that don't say which port they took get one that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when something accepts connections. */
async function listening(port: number): Promise<void> {
  const deadline = performance.now() + STARTING_MS;
  while (performance.now() < deadline) {
    const socket = net.connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it does not listen');
}
