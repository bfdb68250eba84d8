import type { Row } from '#capture/row.ts';

/** One look at the snapshot, with what it took on the wire. */
export type LookSeen = {
  readonly version: number;
  readonly isAgain: boolean;
  readonly afterMs: number;
  /** Frames and heads included, both ways. */
  readonly octets: number;
};

/** How far the page's clock and the rows' clock may be apart, in milliseconds. */
const CLOCK_SLACK_MS = 8;

/** All looks of a run: each with the frames and the GET between its beginning and its end. */
export function looksOf(rows: readonly Row[]): readonly LookSeen[] {
  const fetches = new Set(
    rows
      .filter(({ kind, data }) => kind === 'http.req.head' && isSnapshot(data['requestTarget']))
      .map((row) => exchangeOf(row)),
  );
  const taken = rows.filter((row) => row.kind === 'ws.frame' || fetches.has(exchangeOf(row)));
  let before = -Infinity;
  return rows
    .filter(({ kind, data }) => kind === 'app' && data['name'] === 'seen')
    .map(({ t, data }) => {
      const afterMs = Number(data['afterMs']);
      const from = Math.max(t - afterMs - CLOCK_SLACK_MS, before);
      before = t + CLOCK_SLACK_MS;
      const octets = taken
        .filter((row) => row.t >= from && row.t <= t + CLOCK_SLACK_MS)
        .reduce((sum, row) => sum + (row.octets?.length ?? 0), 0);
      return {
        version: Number(data['version']),
        isAgain: data['isAgain'] === true,
        afterMs,
        octets,
      };
    });
}

const exchangeOf = ({ connection, data }: Row): string =>
  `${String(connection)}/${String(data['exchange'])}`;

const isSnapshot = (target: unknown): boolean => /\/snapshots\/\d+/.test(String(target));
