import { ledgerOf } from '#capture/ledger.ts';
import type { Row } from '#capture/row.ts';

/** What one series of questions has brought and cost. */
export type SeriesRecord = {
  readonly series: number;
  readonly how: string;
  readonly requests: number;
  /** Answers that told the page something new. */
  readonly news: number;
  readonly notModified: number;
  /** Of the page’s own connections, heads included. */
  readonly octetsUp: number;
  readonly octetsDown: number;
  readonly isOver: boolean;
};

/** Reads every series out of a run’s rows, the newest first; of a recording as of a live run. */
export function seriesOf(rows: readonly Row[]): readonly SeriesRecord[] {
  const wire = wireBySeries(rows);
  const named = (name: string) =>
    rows.filter(({ kind, data }) => kind === 'app' && data['name'] === name);
  const [news, ends] = [named('news'), [...named('over'), ...named('error')]];
  return named('asking')
    .map(({ data }) => {
      const series = Number(data['series']);
      const own = wire.get(series) ?? [];
      const isOwn = (row: Row) => row.data['series'] === series;
      const { up, down } = ledgerOf(own);
      return {
        series,
        how: String(data['how']),
        requests: own.filter(({ kind }) => kind === 'http.req.head').length,
        news: news.filter(isOwn).length,
        notModified: own.filter((row) => row.data['statusCode'] === 304).length,
        octetsUp: up.total,
        octetsDown: down.total,
        isOver: ends.some(isOwn),
      };
    })
    .reverse();
}

/** What the page’s own connections carried for each series: a kept-alive one may serve several. */
function wireBySeries(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const current = new Map<number, number>();
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const { vantage, connection = 0, kind, data } = row;
    if (vantage !== 'wire' || row.direction === undefined) continue;
    if (kind === 'http.req.head') {
      const [, series = '0'] = /\/notice\?series=(\d+)$/.exec(String(data['requestTarget'])) ?? [];
      current.set(connection, Number(series));
    }
    const series = current.get(connection) ?? 0;
    const kept = found.get(series) ?? [];
    kept.push(row);
    found.set(series, kept);
  }
  return found;
}
