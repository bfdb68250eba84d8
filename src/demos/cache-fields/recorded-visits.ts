import type { Row } from '#capture/row.ts';

/** One load, as far as a recorded run tells of it; times are those of the run. */
export type RecordedVisit = {
  readonly statusCode: number;
  readonly version: number | undefined;
  readonly durationMs: number;
  readonly transferSize: number | undefined;
  readonly deliveryType: string | undefined;
  readonly from: number;
  readonly until: number;
};

/** Reads out of a recorded run which loads its user saw. */
export function recordedVisits(rows: readonly Row[]): readonly RecordedVisit[] {
  const loads = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'load');
  return loads.map(({ t, data }) => ({
    statusCode: Number(data['statusCode'] ?? 200),
    version: typeof data['version'] === 'number' ? data['version'] : undefined,
    durationMs: Number(data['durationMs']),
    transferSize: typeof data['transferSize'] === 'number' ? data['transferSize'] : undefined,
    deliveryType: typeof data['deliveryType'] === 'string' ? data['deliveryType'] : undefined,
    // The page notes a load when it has all of it.
    from: t - Number(data['durationMs'] ?? 0),
    until: t,
  }));
}
