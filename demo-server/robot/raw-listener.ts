import type { Socket } from 'node:net';

import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';
import { decodeRequestHead, type RequestHead } from '#protocol/http/head.ts';

import { RobotListener } from './robot-listener.ts';

/** What a demo answers to a head that no parser of Node's has seen. */
export type RawAnswer = {
  readonly statusCode: number;
  readonly reasonPhrase: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly content: string;
};

/** Answers one request of a run; `connection` is the number of the connection that it is on. */
export type RawHandler = (head: RequestHead, run: Run, connection: number) => RawAnswer | undefined;

/** Of a head; the robot's own have a few hundred octets. */
const MAX_HEAD = 4096;

/**
 * The fourth listener: TCP alone, for our robot alone. Its demo reads heads by `src/protocol`, and so
 * gets to see what Node's parser would refuse before any program did. Each connection has one answer.
 */
export class RawListener extends RobotListener {
  readonly #handle: RawHandler;

  constructor(connections: Connections, handle: RawHandler) {
    super(connections);
    this.#handle = handle;
  }

  protected serve(socket: Socket, run: Run, connection: number): void {
    let received = Buffer.alloc(0);
    socket.on('data', (octets: Buffer) => {
      received = Buffer.concat([received, octets]);
      if (received.length > MAX_HEAD) socket.destroy();
      else this.#answer(socket, received, run, connection);
    });
  }

  #answer(socket: Socket, received: Uint8Array, run: Run, connection: number): void {
    try {
      const head = decodeRequestHead(received)?.head;
      if (head === undefined) return;
      const answer = this.#handle(head, run, connection);
      if (answer === undefined) socket.destroy();
      else socket.end(serialize(answer));
    } catch {
      // Not a head at all: nothing that our robot would say.
      socket.destroy();
    }
  }
}

function serialize({ statusCode, reasonPhrase, fields, content }: RawAnswer): string {
  const all = {
    ...fields,
    'Content-Length': String(Buffer.byteLength(content)),
    Connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${String(statusCode)} ${reasonPhrase}\r\n${lines.join('')}\r\n${content}`;
}
