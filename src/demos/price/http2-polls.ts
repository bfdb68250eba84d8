import type { BatchOctets, Write } from '#capture/batch-octets.ts';
import type { Row } from '#capture/row.ts';

/** Of the robot's first request, which is not counted as a poll. RFC 9113 §5.1.1. */
const FIRST_STREAM = 1;
/** What ends a connection is no part of a batch. */
const ENDS = ['GOAWAY', 'RST_STREAM'];

/**
 * What polls put on one HTTP/2 connection: preface, settings and the first exchange set it up, each
 * direction of each stream after that is a write.
 */
export function octetsOfPolls(rows: readonly Row[], connection: number | undefined): BatchOctets {
  let heads = 0;
  const writes = new Map<string, Write>();
  for (const { kind, connection: on, direction = 'up', octets, data } of rows) {
    if (on !== connection || (kind !== 'h2.frame' && kind !== 'h2.preface')) continue;
    const { type, stream } = data;
    if (ENDS.includes(String(type))) continue;
    const length = octets?.length ?? 0;
    if (kind === 'h2.preface' || type === 'SETTINGS' || stream === FIRST_STREAM) heads += length;
    else {
      const key = `${direction} ${String(stream)}`;
      writes.set(key, { direction, length: length + (writes.get(key)?.length ?? 0) });
    }
  }
  const pushes = [...writes.values()];
  const after = pushes.reduce((sum, { length }) => sum + length, 0);
  const last = pushes.at(-1)?.length ?? 0;
  return { heads, after, exchanges: 1, last, polls: [], pushes };
}
