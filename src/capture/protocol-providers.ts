import type { AddRow } from './row-draft.ts';
import type { Direction } from './wire-event.ts';

/** Turns the octets of one HTTP/2 connection into rows. */
export type Http2Reading = {
  push(direction: Direction, octets: Uint8Array, t: number): void;
  end(direction: Direction, t: number): void;
};

/**
 * Where the reader of HTTP/2 stands once it is loaded, which it is only where such octets are looked
 * at: most runs hold none, and a page is to weigh little. Without it they are octets that are not read.
 */
export const http2Provider: { begin?: (add: AddRow) => Http2Reading } = {};
