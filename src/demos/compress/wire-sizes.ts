import { batchOctets } from '#capture/batch-octets.ts';
import type { Row } from '#capture/row.ts';

/** The ways, in the order of the table. */
export const ways = ['ws', 'ws-fresh', 'ws-takeover', 'events', 'events-gzip'] as const;

/** What a batch came to on the wire, in octets. */
export type WireSize = {
  readonly way: string;
  readonly kind: string;
  readonly batch: number;
  readonly messages: number;
  /** Of all messages, as they were before any coding. */
  readonly payload: number;
  readonly setUp: number;
  /** Of the frames or chunks, all together. */
  readonly sent: number;
  /** Of the first and of the last frame or chunk. */
  readonly first: number;
  readonly last: number;
};

/** The sizes of all batches that are complete, the newest last. */
export function wireSizes(rows: readonly Row[]): readonly WireSize[] {
  const octets = batchOctets(rows, batchKey);
  return rows.flatMap(({ kind: rowKind, data }) => {
    if (rowKind !== 'server' || data['name'] !== 'sent') return [];
    const [way, kind] = [String(data['way']), String(data['kind'])];
    const batch = Number(data['batch']);
    const found = octets.get(`${way} ${batch}`);
    if (found === undefined) return [];
    return [
      {
        way,
        kind,
        batch,
        messages: Number(data['messages']),
        payload: Number(data['payload']),
        setUp: found.heads,
        sent: found.after,
        first: found.pushes[0]?.length ?? 0,
        last: found.last,
      },
    ];
  });
}

function batchKey(requestTarget: string): string | undefined {
  const [, way, batch] = /\/compress\/([a-z-]+)\?batch=(\d+)&/.exec(requestTarget) ?? [];
  return way === undefined ? undefined : `${way} ${String(batch)}`;
}
