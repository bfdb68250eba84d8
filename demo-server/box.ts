import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Upstream } from '#demo-server/boxes/upstream.ts';

/** What a box gets with each request that passes through it. */
export type BoxContext = {
  /** Its name in `Via` and on the timeline. */
  readonly box: string;
  /** The request target without this box's own `via/<box>/`. */
  readonly requestTarget: string;
  /** The one connection to the next hop that belongs to this client's connection. */
  readonly upstream: Upstream;
  /** Puts on the timeline what this box did, and why. */
  note(name: string, data: Readonly<Record<string, unknown>>): void;
};

/** A middlebox: the one export, `box`, of a file in `demo-server/boxes`. */
export type BoxServer = {
  request(request: IncomingMessage, response: ServerResponse, context: BoxContext): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, context: BoxContext): void;
};
