import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

import { endTogether, joinSockets } from '#demo-server/boxes/proxy.ts';
import type { NextHop } from '#demo-server/boxes/upstream.ts';
import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';
import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';

import { makeCertificate, type KeyAndCertificate } from './certificate.ts';
import { OwnListener } from './robot-listener.ts';

/** What a box has passed on unread. */
export type Tunnelled = {
  readonly run: Run;
  readonly box: string;
  readonly onBehalfOf: number;
};

const NAME = 'tls-end';

/**
 * Where TLS ends, as in front of most servers: what was inside goes on in the clear to the origin.
 *
 * RFC 8446 alone, with a certificate that was made for this process.
 */
export class TlsEnd extends OwnListener<Tunnelled> {
  readonly #nextHop: NextHop;
  #own: KeyAndCertificate | undefined;

  constructor(connections: Connections, nextHop: NextHop) {
    super(connections);
    this.#nextHop = nextHop;
  }

  /** What our robot is to trust. Made when it is first asked for: most servers never need one. */
  get certificate(): string {
    return this.#keyAndCertificate.cert;
  }

  protected runOf({ run }: Tunnelled): Run {
    return run;
  }

  protected originOf(caller: Tunnelled | undefined): ConnectionOrigin {
    return {
      sender: 'BOX',
      hop: 1,
      ...(caller !== undefined && { box: caller.box, onBehalfOf: caller.onBehalfOf }),
    };
  }

  protected serve(socket: Socket, { run }: Tunnelled, connection: number): void {
    // Given the socket itself, TLS would read and write its handle, past the tap.
    const secure = new TLSSocket(Duplex.from({ readable: socket, writable: socket }), {
      isServer: true,
      minVersion: 'TLSv1.3',
      ...this.#keyAndCertificate,
    });
    secure.on('error', () => socket.destroy());
    socket.once('close', () => secure.destroy());
    secure.once('secure', () => {
      const { name: cipher } = secure.getCipher();
      const data = { box: NAME, protocol: secure.getProtocol(), cipher };
      run.note('box', 'decrypted', data, connection);
      const origin = { sender: 'BOX', hop: 2, box: NAME, onBehalfOf: connection } as const;
      const next = this.#nextHop.connect(origin);
      endTogether(secure, next);
      joinSockets(secure, next);
    });
  }

  get #keyAndCertificate(): KeyAndCertificate {
    this.#own ??= makeCertificate();
    return this.#own;
  }
}
