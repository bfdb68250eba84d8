import type { Row } from '#capture/row.ts';

/**
 * The row that says most while the reader has not chosen: their own newest message, or a head.
 *
 * @param fresh rows since it was asked for the last time
 * @param told what it said then
 */
export function tellingRow(fresh: readonly Row[], told: Row | undefined): number | undefined {
  let head: number | undefined;
  for (let index = fresh.length - 1; index >= 0; index--) {
    const row = fresh[index]!;
    if (row.hop !== 0) continue;
    const opcode = row.data['opcode'];
    if (row.kind === 'ws.frame' && row.direction === 'up' && (opcode === 1 || opcode === 2)) {
      return row.number;
    }
    if (row.kind === 'http.res.head' || isHttp2Request(row)) head ??= row.number;
  }
  return told?.kind === 'ws.frame' ? told.number : (head ?? told?.number);
}

const isHttp2Request = ({ kind, direction, data }: Row): boolean =>
  kind === 'h2.frame' && direction === 'up' && data['type'] === 'HEADERS';
