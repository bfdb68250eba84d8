import type { HttpHead } from '#protocol/http/head.ts';
import type { Frame } from '#protocol/websocket/frame.ts';
import type { Part } from './part-list.ts';
import type { Direction, Sender } from './wire-event.ts';

/**
 * One line of the list, one arrow or mark of the timeline, one unit that challenges look at.
 *
 * `kind` follows the curriculum's Appendix A.
 */
export type RowKind =
  | 'tcp.open'
  | 'tcp.fin'
  | 'tcp.close'
  | 'http.req.head'
  | 'http.req.body'
  | 'http.res.head'
  | 'http.res.body'
  | 'http.chunk'
  | 'h2.preface'
  | 'h2.frame'
  | 'tls.record'
  | 'sse.event'
  | 'ws.handshake'
  | 'ws.frame'
  | 'ws.message'
  | 'octets.unread'
  | 'app'
  | 'server'
  | 'box'
  | 'dropped';

/** A thing that happened, decoded: read from octets, seen by the page, or noted by a program. */
export type Row = {
  /** 1, 2, 3 … in the order in which rows came to be; stable. */
  readonly number: number;
  /** Milliseconds since the run began: when its last octet was seen. */
  readonly t: number;
  readonly kind: RowKind;
  readonly vantage: 'page' | 'wire' | 'box' | 'server';
  /** Who sent it: going up who opened the connection, going down who answers on it. */
  readonly sender?: Sender | 'SERVER';
  readonly direction?: Direction;
  readonly connection?: number;
  readonly hop?: number;
  /** Exactly the octets of this thing as they crossed the wire. */
  readonly octets?: Uint8Array;
  /** Plain values for challenges, the list and the export, by kind; see the curriculum's Appendix A. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The decoded thing, for the octet view. */
  readonly detail?:
    | { readonly type: 'head'; readonly head: HttpHead }
    | { readonly type: 'frame'; readonly frame: Frame }
    /** The first octets of a compressed message, inflated; `data.length` says how many it has. */
    | { readonly type: 'inflated'; readonly begin: Uint8Array }
    /** Laid out by who is loaded only where there is such: HTTP/2, TLS. */
    | { readonly type: 'binary'; readonly parts: () => readonly Part[] };
  /** Number of the request's row that this response belongs to, or of the row that this one is about. */
  readonly answers?: number;
};
