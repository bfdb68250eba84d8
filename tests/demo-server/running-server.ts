import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

import { WebSocket, type RawData } from 'ws';

import { decodeBatch } from '#capture/wire-batch.ts';
import type { NoteEvent, WireEvent } from '#capture/wire-event.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { createDemoServer, type RunningDemoServer } from '#demo-server/server.ts';

const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});

/** Digest of the one inline script that a site allows here. */
export const allowedScript = `'sha256-${'a'.repeat(43)}='`;

/** More than any page of ours may allow: the server believes the digest alone. */
const policy = `<meta http-equiv="Content-Security-Policy" content="script-src * 'unsafe-inline' ${allowedScript}">`;

/** A built site of a few files. */
export function writeSite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demo-server-site-'));
  for (const name of ['_astro', 'embed/echo']) mkdirSync(join(folder, name), { recursive: true });
  const files = {
    'index.html': '<!doctype html><title>Home</title>',
    '404.html': `<!doctype html>${policy}<title>Not here</title>`,
    'embed/echo/index.html': '<!doctype html><title>Echo</title>',
    '.env': 'secret',
    '_astro/page.abc123.js': 'export {};',
    '_astro/page.abc123.js.map': '{}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The demo server on a free port of 127.0.0.1, closed after the tests of the file. */
export async function startDemoServer(): Promise<Client> {
  const server = await createDemoServer({
    port: 0,
    host: '127.0.0.1',
    site: writeSite(),
    buildId: 'test',
  });
  closing.push(() => server.close());
  return new Client(server);
}

export type Answer = {
  readonly statusCode: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};

type Asking = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly content?: string;
};

/** Asks a demo server as its own page does. */
export class Client {
  readonly server: RunningDemoServer;
  readonly origin: string;

  constructor(server: RunningDemoServer) {
    this.server = server;
    this.origin = server.address;
  }

  async ask({ method = 'GET', path, headers = {}, content }: Asking): Promise<Answer> {
    const outgoing = request(this.origin, { method, path, headers: { ...headers }, agent: false });
    outgoing.end(content);
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    incoming.setEncoding('utf8');
    let text = '';
    for await (const piece of incoming) text += piece as string;
    return { statusCode: incoming.statusCode ?? 0, headers: incoming.headers, text };
  }

  /** Sends JSON as the server's own page. */
  send(method: string, path: string, value: unknown = {}): Promise<Answer> {
    const headers = { origin: this.origin, 'content-type': 'application/json' };
    return this.ask({ method, path, headers, content: JSON.stringify(value) });
  }

  async beginRun(demo: string): Promise<string> {
    const { statusCode, text } = await this.send('POST', '/runs', { demo });
    assert.equal(statusCode, 201, text);
    return (JSON.parse(text) as { run: string }).run;
  }

  /** Opens a WebSocket as the server's own page; closed after the tests. */
  webSocket(path: string, origin = this.origin): WebSocket {
    const webSocket = new WebSocket(`${this.origin.replace('http', 'ws')}${path}`, {
      perMessageDeflate: false,
      headers: { origin },
    });
    webSocket.on('error', () => undefined);
    closing.push(() => {
      webSocket.terminate();
    });
    return webSocket;
  }

  async openWebSocket(path: string): Promise<WebSocket> {
    const webSocket = this.webSocket(path);
    await once(webSocket, 'open');
    return webSocket;
  }

  async watch(run: string, after = 0): Promise<Watcher> {
    const webSocket = this.webSocket(`/runs/${run}/wire?after=${String(after)}`);
    const watcher = new Watcher(webSocket);
    await once(webSocket, 'open');
    return watcher;
  }

  /** Connects below HTTP; destroyed after the tests. */
  async connect(): Promise<net.Socket> {
    const socket = net.connect(this.server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    closing.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  }

  /** The head of an opening handshake, with the key of RFC 6455 §1.3, to be sent below HTTP. */
  handshake(path: string): string {
    return [
      `GET ${path} HTTP/1.1`,
      `Host: ${new URL(this.origin).host}`,
      `Origin: ${this.origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n');
  }

  /** Sends octets below HTTP and resolves with all that comes until the server ends it. */
  async exchangeRaw(octets: string): Promise<string> {
    const socket = await this.connect();
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    socket.write(octets, 'latin1');
    await whenClosed(socket);
    return received;
  }
}

/** One page that watches a run over its wire channel. */
export class Watcher {
  readonly events: WireEvent[] = [];
  readonly webSocket: WebSocket;
  batches = 0;
  #arrived = () => undefined as void;

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('message', (message: RawData) => {
      this.batches += 1;
      this.events.push(...decodeBatch(message as Buffer).events);
      this.#arrived();
    });
  }

  /** Waits until what has arrived satisfies a condition. */
  async until(isEnough: (events: readonly WireEvent[]) => boolean): Promise<void> {
    while (!isEnough(this.events)) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** Waits for a note and returns it. */
  async note(name: string): Promise<NoteEvent> {
    const find = () => this.events.find((event) => event.kind === 'note' && event.name === name);
    await this.until(() => find() !== undefined);
    return find() as NoteEvent;
  }

  notes(name: string): NoteEvent[] {
    return this.events
      .filter((event) => event.kind === 'note')
      .filter((note) => note.name === name);
  }

  /** All octets of a connection and direction, or of all, one character each. */
  text(direction?: 'up' | 'down', connection?: number): string {
    return this.events
      .filter((event) => event.kind === 'octets')
      .filter((event) => direction === undefined || event.direction === direction)
      .filter((event) => connection === undefined || event.connection === connection)
      .map(({ octets }) => Buffer.from(octets).toString('latin1'))
      .join('');
  }

  async untilText(part: string): Promise<void> {
    await this.until(() => this.text().includes(part));
  }
}
