import type { Row } from '#capture/row.ts';

/** Octets of the last whole data message of each direction, headers included. */
export type LastMessages = {
  readonly up?: number;
  readonly down?: number;
  /** Number of the newest row that was looked at. */
  readonly row: number;
};

/** Of a flood only so many of the newest rows are looked at: each is made for it. */
const LOOK_BACK = 100;

/** Looks at the rows that are new since the last time, and as far back as their messages began. */
export function lastMessages(rows: readonly Row[], before: LastMessages): LastMessages {
  const found: { up?: number; down?: number } = {};
  const counting = { up: 0, down: 0 };
  const last = rows.at(-1)?.number ?? 0;
  for (let index = rows.length - 1; index >= Math.max(0, rows.length - LOOK_BACK); index--) {
    const { number, kind, direction, data, octets } = rows[index]!;
    const isBegun =
      (counting.up > 0 && found.up === undefined) ||
      (counting.down > 0 && found.down === undefined);
    if (number <= before.row && !isBegun) break;
    const opcode = data['opcode'] as number;
    if (kind !== 'ws.frame' || direction === undefined || opcode > 2) continue;
    if (found[direction] !== undefined) continue;
    if (counting[direction] === 0 && (number <= before.row || data['fin'] !== true)) continue;
    counting[direction] += octets?.length ?? 0;
    if (opcode !== 0) found[direction] = counting[direction];
    if (found.up !== undefined && found.down !== undefined) break;
  }
  return { ...before, ...found, row: last };
}
