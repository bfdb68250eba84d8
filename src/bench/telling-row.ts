import type { Row } from '#capture/row.ts';

/** The row that says most while the reader has not chosen: their own newest message, or a head. */
export function tellingRow(rows: readonly Row[], before: number | undefined): number | undefined {
  let head: number | undefined;
  for (let index = rows.length - 1; index >= (before ?? 0); index--) {
    const row = rows[index]!;
    if (row.hop !== 0) continue;
    const opcode = row.data['opcode'];
    if (row.kind === 'ws.frame' && row.direction === 'up' && (opcode === 1 || opcode === 2)) {
      return row.number;
    }
    if (row.kind === 'http.res.head' || isHttp2Request(row)) head ??= row.number;
  }
  const told = before === undefined ? undefined : rows[before - 1];
  return told?.kind === 'ws.frame' ? before : (head ?? before);
}

const isHttp2Request = ({ kind, direction, data }: Row): boolean =>
  kind === 'h2.frame' && direction === 'up' && data['type'] === 'HEADERS';
