import type { AddRow } from './row-draft.ts';
import type { Direction } from './wire-event.ts';

/** Turns the octets of one connection that does not speak HTTP/1.1 into rows. */
export type ProtocolReading = {
  push(direction: Direction, octets: Uint8Array, t: number): void;
  end(direction: Direction, t: number): void;
};

type Provider = { begin?: (add: AddRow) => ProtocolReading };

/**
 * Where the reader of HTTP/2 stands once it is loaded, which it is only where such octets are looked
 * at: most runs hold none, and a page is to weigh little. Without it they are octets that are not read.
 */
export const http2Provider: Provider = {};

/** The same for TLS. */
export const tlsProvider: Provider = {};
