import type { Row } from '#capture/row.ts';
import type { Deed } from '#demo/stretches.ts';

/** What one load took on the wire; no status code: nothing crossed it. */
export type Exchange = {
  readonly up: number;
  readonly down: number;
  readonly statusCode: number | undefined;
};

/** Finds the rows of the one load of the resource that has this stretch of the run. */
export function exchangeIn(rows: readonly Row[], { from, until }: Deed): Exchange {
  const request = rows.find(
    (row) =>
      row.kind === 'http.req.head' &&
      row.hop === 0 &&
      String(row.data['requestTarget']).endsWith('/resource') &&
      row.t >= from &&
      row.t < until,
  );
  if (request === undefined) return { up: 0, down: 0, statusCode: undefined };
  const sums = { up: 0, down: 0 };
  let statusCode: number | undefined;
  for (const row of rows) {
    if (row.connection !== request.connection || row.direction === undefined) continue;
    if (row.data['exchange'] !== request.data['exchange']) continue;
    sums[row.direction] += row.octets?.length ?? 0;
    if (row.kind === 'http.res.head') statusCode = row.data['statusCode'] as number;
  }
  return { ...sums, statusCode };
}
