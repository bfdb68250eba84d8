import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Upstream } from '#demo-server/boxes/upstream.ts';
import type { Run } from '#demo-server/runs/run.ts';

/** What a reader may set of a box: always bounded, never free text. */
export type BoxParameter =
  | {
      readonly type: 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[] };

/** A box's parameters by name, the unit in it: `delayMs`, `idleMs`. */
export type BoxParameters = Readonly<Record<string, BoxParameter>>;

/** What a box is handed of its parameters: all of them, each within its bounds. */
export type BoxValues<P extends BoxParameters = BoxParameters> = {
  readonly [Name in keyof P]: P[Name] extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : number;
};

/** What a box gets with each request that passes through it. */
export type BoxContext<P extends BoxParameters = BoxParameters> = {
  /** A key for what the box keeps per run. */
  readonly run: Pick<Run, 'id' | 'ended'>;
  /** Its name in `Via` and on the timeline. */
  readonly box: string;
  /** What its address says of its parameters, such as `via/slow;delayMs=50/`, else their defaults. */
  readonly values: BoxValues<P>;
  /** The request target without this box's own `via/<box>/`. */
  readonly requestTarget: string;
  /** The one connection to the next hop that belongs to this client's connection. */
  readonly upstream: Upstream;
  /** Opens one that outlives the client's, for what nobody waits for; whoever opens it destroys it. */
  openUpstream(): Upstream;
  /** Puts on the timeline what this box did, and why. */
  note(name: string, data: Readonly<Record<string, unknown>>): void;
};

/** A middlebox: the one export, `box`, of a file in `demo-server/boxes`. */
export type BoxServer<P extends BoxParameters = BoxParameters> = {
  /** Absent for a box that can't be set. */
  readonly parameters?: P;
  request(request: IncomingMessage, response: ServerResponse, context: BoxContext<P>): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, context: BoxContext<P>): void;
};

/** Gives a box's handlers the types of its parameters. */
export function defineBox<const P extends BoxParameters>(
  box: { readonly parameters: P } & BoxServer<NoInfer<P>>,
): BoxServer<P> {
  return box;
}
