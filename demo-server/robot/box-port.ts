import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { endTogether, joinSockets } from '#demo-server/boxes/proxy.ts';
import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';
import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';
import { keepFromNativeParser } from '#demo-server/wire-tap/wire-tap.ts';
import { beginsWithTls } from '#protocol/tls/record.ts';

import { OwnListener } from './robot-listener.ts';
import type { TlsEnd } from './tls-end.ts';

/** A robot on its way through a box. */
export type Passage = { readonly run: Run; readonly box: string };

/** Who serves what comes in the clear, box and all. */
export type PlainHandlers = {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

/**
 * A box on the path of TCP connections: whoever connects may speak what they like.
 *
 * What begins as HTTP it reads, and treats as the same box does everywhere here. What begins as TLS it
 * can't read: it can pass the octets on as they are, or not.
 */
export class BoxPort extends OwnListener<Passage> {
  readonly #tlsEnd: TlsEnd;
  /** It listens nowhere itself: it is given connections. Their robots leave after seconds. */
  readonly #http = createServer();

  constructor(connections: Connections, tlsEnd: TlsEnd, { request, upgrade }: PlainHandlers) {
    super(connections);
    this.#tlsEnd = tlsEnd;
    this.#http.on('request', request);
    this.#http.on('upgrade', upgrade);
  }

  protected runOf({ run }: Passage): Run {
    return run;
  }

  protected originOf(): ConnectionOrigin {
    return { sender: 'ROBOT', hop: 0 };
  }

  protected serve(socket: Socket, { run, box }: Passage, connection: number): void {
    const first = socket.read() as Buffer | null;
    if (first === null) {
      socket.destroy();
      return;
    }
    socket.unshift(first);
    if (!beginsWithTls(first)) {
      this.#http.emit('connection', socket);
      keepFromNativeParser(socket);
      return;
    }
    const why = 'its first octet is 22, a handshake record of TLS: no field to be found in it';
    run.note('box', 'passed-unread', { box, why, section: 'RFC 8446 §5.1' }, connection);
    const next = this.#tlsEnd.connect({ run, box, onBehalfOf: connection });
    endTogether(socket, next);
    joinSockets(socket, next);
  }
}
