import type { Row } from '#capture/row.ts';

/** One vantage on a run: the page's script, one hop on the wire with the box at its end, the server. */
export type Lane = 'page' | `hop-${number}` | 'server';

/** What of the timeline is shown: a lane, or all side by side. */
export type LaneChoice = Lane | 'all';

/** Of a hop, counted from 0 at the client. */
export const laneOfHop = (hop: number): Lane => `hop-${hop + 1}`;

/** The lanes of a path with so many boxes, from the page to the server. */
export function lanesOf(boxes: number): readonly Lane[] {
  const hops = Array.from({ length: boxes + 1 }, (_, hop) => laneOfHop(hop));
  return ['page', ...hops, 'server'];
}

/** The lane that shows a row; `hop` is the one of its connection. That rows are gone, each says. */
export function laneOf({ kind, vantage }: Row, hop: number): Lane | undefined {
  if (kind === 'dropped') return undefined;
  return vantage === 'page' || vantage === 'server' ? vantage : laneOfHop(hop);
}
