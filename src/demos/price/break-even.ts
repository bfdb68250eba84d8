import { http2Layers, type Bill } from './bill.ts';

/** Octets that decide when an opening handshake is repaid. */
export type Prices = {
  /** Of the opening handshake: request and answer. */
  readonly handshake: number;
  /** Around one message: of a long poll over HTTP/1.1, of one over HTTP/2, of a WebSocket frame. */
  readonly http1: number;
  readonly http2: number;
  readonly frame: number;
  /** Whether handshake and poll were captured here. */
  readonly isOwn: boolean;
  /** Whether the poll over HTTP/2 was. */
  readonly isRobots: boolean;
};

/**
 * Heads composed to resemble Chrome 141's, counted in 2026: an upgrade of 502 octets answered with 129,
 * a GET with a cookie of 638 answered with 155.
 */
export const UsualHeads = { handshake: 502 + 129, http1: 638 + 155 } as const;

/** A TLS 1.3 handshake with a small certificate, measured in 2026: 462 octets up, 1367 down. */
export const TLS_HANDSHAKE = 462 + 1367;

/** Takes the prices from the newest bills, the usual ones where there are none. */
export function pricesOf(bills: readonly Bill[], size: number): Prices {
  const newest = (way: string) => bills.findLast((bill) => bill.way === way);
  const handshake = (newest('down') ?? newest('up'))?.setUp;
  const http1 = newest('long')?.each.around;
  const isOwn = handshake !== undefined && http1 !== undefined;
  return {
    ...(isOwn ? { handshake, http1 } : UsualHeads),
    http2: newest('http2')?.each.around ?? http2Layers(size).around,
    // From the server: RFC 6455 §5.2.
    frame: size < 126 ? 2 : size < 65_536 ? 4 : 10,
    isOwn,
    isRobots: newest('http2') !== undefined,
  };
}

/** After how many messages a set-up has cost no more than what it saves. */
export function repaidAfter(setUp: number, other: number, frame: number): number {
  return Math.ceil(setUp / (other - frame));
}
