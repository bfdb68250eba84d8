import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cache of somebody else's, started in front of a port of this machine. */
export type InstalledCache = {
  readonly name: string;
  readonly address: string;
  stop(): Promise<void>;
};

/** Starts nginx as a shared cache; `undefined` when it is not installed. */
export async function startNginx(originPort: number): Promise<InstalledCache | undefined> {
  const said = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  if (said.error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cache-table-nginx-'));
  // Started by root, its workers are somebody else.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const at = (name: string) => join(folder, name);
  const temporary = ['client_body', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${at(name)};`,
  );
  writeFileSync(
    at('nginx.conf'),
    `daemon off; pid ${at('pid')}; error_log ${at('error.log')}; events {}
    http {
      access_log off; ${temporary.join(' ')} proxy_temp_path ${at('proxy')};
      proxy_cache_path ${at('cache')} keys_zone=all:1m;
      server {
        listen 127.0.0.1:${String(port)};
        location / {
          proxy_pass http://127.0.0.1:${String(originPort)};
          proxy_http_version 1.1; proxy_set_header Host $http_host;
          proxy_cache all; proxy_cache_key $http_host$request_uri;
          proxy_cache_revalidate on; proxy_cache_lock on;
          proxy_cache_background_update on; proxy_cache_use_stale updating;
        }
      }
    }`,
  );
  const child = spawn('nginx', ['-c', at('nginx.conf'), '-p', folder], { stdio: 'ignore' });
  return await running(said.stderr.trim().replace('nginx version: ', ''), port, child, folder);
}

/** Starts Varnish as it comes; `undefined` when it, or the compiler that it needs, is not installed. */
export async function startVarnish(originPort: number): Promise<InstalledCache | undefined> {
  const said = spawnSync('varnishd', ['-V'], { encoding: 'utf8' });
  if (said.error !== undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cache-table-varnish-'));
  const port = await freePort();
  const options = ['-F', '-n', folder, '-s', 'malloc,16m', '-j', 'none'];
  const place = ['-a', `127.0.0.1:${String(port)}`, '-b', `127.0.0.1:${String(originPort)}`];
  const child = spawn('varnishd', [...options, ...place], { stdio: 'ignore' });
  const [, version = ''] = /\((varnish-[\d.]+)/.exec(said.stderr) ?? [];
  return await running(version, port, child, folder);
}

async function running(
  name: string,
  port: number,
  child: ChildProcess,
  folder: string,
): Promise<InstalledCache> {
  const ended = once(child, 'close');
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it listened.`);
    if (await listens(port)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    name,
    address: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.once('connect', () => {
    socket.destroy();
    resolve(true);
  });
  socket.once('error', () => {
    resolve(false);
  });
  return promise;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
