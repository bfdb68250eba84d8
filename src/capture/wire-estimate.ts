import type { Direction } from './wire-event.ts';

/**
 * What TLS 1.3 and TCP/IPv4 add to octets on a network. A model: this site runs without TLS, on
 * loopback. Its assumptions are these constants, and that each head, body, chunk and frame is
 * written by itself.
 */
export const WireModel = {
  /** RFC 8446 §5.1: the most that one record holds. */
  recordLength: 16_384,
  /** RFC 8446 §5.2: 5 of header, 1 of inner content type, 16 of authentication tag. */
  recordOverhead: 22,
  /** 1,500 of an Ethernet frame's payload without the headers below. */
  segmentLength: 1448,
  /** 20 of IPv4 (RFC 791), 20 of TCP (RFC 9293), 12 of timestamps (RFC 7323). */
  segmentOverhead: 52,
  /** SYN and SYN-ACK carry 20 octets of options, the ACK 12. */
  tcpSetUp: { up: 60 + 52, down: 60 },
} as const;

/** Octets of one direction that the model adds. */
export type EstimatedColumn = {
  readonly tls: number;
  readonly tcp: number;
};

/** Octets that TLS adds to one write. */
export function tlsOverhead(length: number): number {
  return WireModel.recordOverhead * Math.ceil(length / WireModel.recordLength);
}

/** Octets that TCP and IP add to one write of that many octets, those of TLS among them. */
export function tcpOverhead(length: number): number {
  return WireModel.segmentOverhead * Math.ceil(length / WireModel.segmentLength);
}

/** Adds up what the model adds. */
export class WireEstimate {
  readonly #up = { tls: 0, tcp: 0 };
  readonly #down = { tls: 0, tcp: 0 };

  /** A TCP connection is opened. Its TLS handshake depends on the certificate, and is left out. */
  open(): void {
    this.#up.tcp += WireModel.tcpSetUp.up;
    this.#down.tcp += WireModel.tcpSetUp.down;
  }

  write(direction: Direction, length: number): void {
    const column = direction === 'up' ? this.#up : this.#down;
    const tls = tlsOverhead(length);
    column.tls += tls;
    column.tcp += tcpOverhead(length + tls);
  }

  columns(): Readonly<Record<Direction, EstimatedColumn>> {
    return { up: { ...this.#up }, down: { ...this.#down } };
  }
}
