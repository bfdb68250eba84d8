/**
 * What travels from the tap to the page: octets with their place and time, and nothing decoded.
 *
 * All `t` are milliseconds since the run began, on the server's one monotonic clock.
 */

/**
 * Who opened a connection. A box is a proxy of ours on the path; a robot is our raw TCP client; a tool
 * is a program of the reader's own that says its name, such as curl.
 */
export type Sender = 'BROWSER' | 'TOOL' | 'ROBOT' | 'BOX';

/** `up` is from client to server on that connection, `down` the other way. */
export type Direction = 'up' | 'down';

type Common = {
  /** Gap-free per run, from 1. A gap on arrival means that events were lost on the way. */
  readonly seq: number;
  readonly t: number;
};

/** A connection is seen in this run for the first time. */
export type OpenEvent = Common & {
  readonly kind: 'open';
  /** Number of the connection, unique in the server's life. */
  readonly connection: number;
  readonly sender: Sender;
  /** 0 for the connection from the page, 1 for the next hop behind a box, and so on. */
  readonly hop: number;
  /** The box that opened this connection, when `sender` is BOX. */
  readonly box?: string;
  /** The connection on whose behalf the box opened this one. */
  readonly onBehalfOf?: number;
  /** Exchanges on this connection before its first one in this run (site files and others; not kept). */
  readonly exchangesBefore: number;
};

/** Octets of one read or one write. Withheld values are overwritten with {@link WITHHELD_OCTET}. */
export type OctetsEvent = Common & {
  readonly kind: 'octets';
  readonly connection: number;
  readonly direction: Direction;
  readonly octets: Uint8Array;
};

/** One side said that it sends no more (TCP FIN). `up`: the client's side. */
export type EndEvent = Common & {
  readonly kind: 'end';
  readonly connection: number;
  readonly direction: Direction;
};

/** The connection is gone. `hadError`: by a reset or another failure of the transport. */
export type CloseEvent = Common & {
  readonly kind: 'close';
  readonly connection: number;
  readonly hadError: boolean;
};

/** What a program on the server says that it saw or did: a demo's server side, or a box. */
export type NoteEvent = Common & {
  readonly kind: 'note';
  readonly vantage: 'server' | 'box';
  readonly connection?: number;
  /** Kebab-case, for example `message`, `close`, `upgrade-stripped`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/**
 * The run's store was full: this many of its oldest events are gone. `seq` and `t` are those of the
 * last of them, so that the next event follows it in number and in time.
 */
export type DroppedEvent = Common & {
  readonly kind: 'dropped';
  readonly events: number;
  readonly octets: number;
};

/** Whatever the wire channel carries. */
export type WireEvent = OctetsEvent | NoteEvent | RareEvent;

/** What a run has few of, beside its octets and notes. */
export type RareEvent = OpenEvent | EndEvent | CloseEvent | DroppedEvent;

/**
 * Stands for each octet of a value that was withheld before it was stored (SECURITY.md).
 *
 * 0x95 is the bullet of windows-1252 and a control octet in ISO 8859-1: no field value that a
 * browser sends holds it.
 */
export const WITHHELD_OCTET = 0x95;
