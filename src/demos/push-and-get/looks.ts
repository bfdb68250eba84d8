import type { Row } from '#capture/row.ts';
import { stretchOf } from '#demo/stretches.ts';

/** One look at the snapshot, with what it took on the wire. */
export type LookSeen = {
  readonly version: number;
  readonly isAgain: boolean;
  readonly afterMs: number;
  /** Frames and heads included, both ways. */
  readonly octets: number;
};

/** So much later than the page saw a version, by its own clock, a row of it may seem to be. */
const LATE_MS = 250;

/** All looks of a run: each with the frames and the GET between its beginning and its end. */
export function looksOf(rows: readonly Row[]): readonly LookSeen[] {
  const fetches = new Set(
    rows
      .filter(({ kind, data }) => kind === 'http.req.head' && isSnapshot(data['requestTarget']))
      .map((row) => exchangeOf(row)),
  );
  const taken = rows.filter((row) => row.kind === 'ws.frame' || fetches.has(exchangeOf(row)));
  const seen = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'seen');
  const times = seen.map(({ t, data }) => ({ from: t - Number(data['afterMs']), until: t }));
  return seen.map(({ t, data }, index) => {
    const { from, until } = stretchOf(times, index);
    const octets = taken
      .filter((row) => row.t >= from && row.t < Math.min(until, t + LATE_MS))
      .reduce((sum, row) => sum + (row.octets?.length ?? 0), 0);
    return {
      version: Number(data['version']),
      isAgain: data['isAgain'] === true,
      afterMs: Number(data['afterMs']),
      octets,
    };
  });
}

const exchangeOf = ({ connection, data }: Row): string =>
  `${String(connection)}/${String(data['exchange'])}`;

const isSnapshot = (target: unknown): boolean => /\/snapshots\/\d+/.test(String(target));
