import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net, { type Socket } from 'node:net';

import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';

import type { Load, OpenOrder, WindowOrder } from './orders.ts';

const DRAIN_MS = 10_000;
const OPENED_AT_ONCE = 50;
const MAX_IN_FLIGHT = 32;

/** One raw connection: writes what was built once, counts what comes, parses nothing. */
type Connection = {
  readonly socket: Socket;
  readonly request: Uint8Array;
  readonly responseLength: number;
  /** Octets of answers that are not complete. */
  partial: number;
};

/** Connections to one target, kept open between windows. */
export class LoadGroup {
  readonly #connections: readonly Connection[];
  readonly #pattern: OpenOrder['pattern'];

  private constructor(connections: readonly Connection[], pattern: OpenOrder['pattern']) {
    this.#connections = connections;
    this.#pattern = pattern;
  }

  static async open({ pattern, urls, connections, payloadLength }: OpenOrder): Promise<LoadGroup> {
    const opened: Connection[] = [];
    while (opened.length < connections) {
      const batch = Math.min(OPENED_AT_ONCE, connections - opened.length);
      const next = Array.from({ length: batch }, (_, index) => {
        const url = new URL(urls[(opened.length + index) % urls.length] ?? '');
        return url.protocol === 'ws:' ? openWebSocket(url, payloadLength) : openHttp(url);
      });
      opened.push(...(await Promise.all(next)));
    }
    return new LoadGroup(opened, pattern);
  }

  close(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }

  /** Works until the time is up, then waits for what is still to be answered. */
  async window({ inFlight, ms }: WindowOrder): Promise<Load> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const begin = performance.now();
    const work = new Work(this.#connections.length, inFlight, begin + ms, () => {
      resolve(undefined);
    });
    const timer = setTimeout(() => {
      reject(new Error('answers are missing'));
    }, ms + DRAIN_MS);
    const onClose = () => {
      reject(new Error('the server closed a connection'));
    };
    for (const connection of this.#connections) {
      connection.partial = 0;
      connection.socket.on('close', onClose).on('data', (octets: Buffer) => {
        work[this.#pattern](connection, octets.length, this.#connections[0] ?? connection);
      });
    }
    const asking = this.#pattern === 'exchange' ? this.#connections : this.#connections.slice(0, 1);
    for (const connection of asking) send(connection, inFlight);
    await promise.finally(() => {
      clearTimeout(timer);
      for (const { socket } of this.#connections) {
        socket.off('close', onClose).removeAllListeners('data');
      }
    });
    return { operations: work.operations, wallSeconds: (performance.now() - begin) / 1000 };
  }
}

/** Counts answers and asks again for each, until the time is up. */
class Work {
  operations = 0;
  #outstanding: number;
  #octets = 0;
  readonly #connections: number;
  readonly #until: number;
  readonly #done: () => void;

  constructor(connections: number, inFlight: number, until: number, done: () => void) {
    this.#connections = connections;
    this.#outstanding = connections * inFlight;
    this.#until = until;
    this.#done = done;
  }

  exchange(connection: Connection, length: number): void {
    const octets = connection.partial + length;
    const answers = Math.floor(octets / connection.responseLength);
    connection.partial = octets - answers * connection.responseLength;
    this.operations += answers;
    if (performance.now() < this.#until) send(connection, answers);
    else this.#outstanding -= answers;
    if (this.#outstanding === 0) this.#done();
  }

  /** One message is on its way; it has arrived when all have it. */
  ['fan-out']({ responseLength }: Connection, length: number, publisher: Connection): void {
    this.#octets += length;
    if (this.#octets < this.#connections * responseLength) return;
    this.#octets = 0;
    this.operations += this.#connections;
    if (performance.now() < this.#until) send(publisher, 1);
    else this.#done();
  }
}

function send({ socket, request }: Connection, count: number): void {
  if (count > 0) socket.write(request.subarray(0, (count * request.length) / MAX_IN_FLIGHT));
}

async function openWebSocket(url: URL, payloadLength: number): Promise<Connection> {
  const socket = await connect(url);
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nOrigin: http://${url.host}\r\n` +
      `Connection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const { head } = await readHead(socket);
  if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(`no WebSocket: ${head.slice(0, 40)}`);
  const applicationData = new Uint8Array(payloadLength).fill(0x61);
  const frame = encodeFrame({
    opcode: Opcode.binary,
    maskingKey: randomBytes(4),
    applicationData,
  });
  const responseLength = encodeFrame({ opcode: Opcode.binary, applicationData }).length;
  return { socket, request: repeated(frame), responseLength, partial: 0 };
}

async function openHttp(url: URL): Promise<Connection> {
  const socket = await connect(url);
  const request = Buffer.from(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
  socket.write(request);
  const { head, octets } = await readHead(socket);
  const [, contentLength = ''] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  const responseLength = head.length + Number(contentLength);
  let received = octets;
  while (received < responseLength)
    received += ((await once(socket, 'data')) as [Buffer])[0].length;
  if (!head.startsWith('HTTP/1.1 200 ') || received > responseLength || contentLength === '') {
    throw new Error(`no answer that can be counted: ${head.slice(0, 40)}`);
  }
  return { socket, request: repeated(request), responseLength, partial: 0 };
}

/** One write sends as many requests as are asked for. */
function repeated(request: Uint8Array): Buffer {
  return Buffer.concat(Array.from({ length: MAX_IN_FLIGHT }, () => request));
}

async function connect({ hostname, port }: URL): Promise<Socket> {
  // Nobody lets this program near another machine by a mistyped address.
  if (hostname !== '127.0.0.1') throw new Error('The load goes to 127.0.0.1 only.');
  const socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function readHead(socket: Socket): Promise<{ head: string; octets: number }> {
  let text = '';
  while (!text.includes('\r\n\r\n')) {
    const [octets] = (await once(socket, 'data', { signal: AbortSignal.timeout(5000) })) as [
      Buffer,
    ];
    text += octets.toString('latin1');
  }
  return { head: text.slice(0, text.indexOf('\r\n\r\n') + 4), octets: text.length };
}
