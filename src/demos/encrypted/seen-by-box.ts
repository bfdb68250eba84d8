import type { Row } from '#capture/row.ts';
import type { Answer, Errand } from './client.ts';

/** What one of the robot's errands looked like between the robot and the box. */
export type SeenByBox = Errand & {
  /** What the robot had of it; absent until it is back. */
  readonly answer?: Answer;
  /** Request and status lines with their fields. */
  readonly heads: number;
  /** Of the request's fields, the one that the box looks for. */
  readonly upgrade: string | undefined;
  readonly records: number;
  /** Octets of records that only the two ends can read. */
  readonly sealed: number;
  readonly serverName: string | undefined;
};

/** The newest errand, in the clear or inside TLS. */
export function seenByBox(rows: readonly Row[], secure: boolean): SeenByBox | undefined {
  const asks = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'ask');
  const index = asks.findLastIndex(({ data }) => data['secure'] === secure);
  const ask = asks[index];
  if (ask === undefined) return undefined;
  const next = asks[index + 1]?.t ?? Infinity;
  const since = rows.filter(({ t }) => t >= ask.t && t < next);
  const first = since.filter(({ hop }) => hop === 0);
  const heads = first.filter(({ kind }) => /^http\.re[qs]\.head$/.test(kind));
  const records = first.filter(({ kind }) => kind === 'tls.record');
  const sealed = records.filter(({ data }) => data['contentType'] === 'application_data');
  const answer = since.find(({ kind, data }) => kind === 'app' && data['name'] === 'answer');
  const fields = heads[0]?.data['fields'] as Readonly<Record<string, string>> | undefined;
  const named = records.find(({ data }) => typeof data['serverName'] === 'string');
  return {
    box: String(ask.data['box']),
    ask: String(ask.data['ask']),
    secure,
    ...(answer && { answer: answer.data as unknown as Answer }),
    heads: heads.length,
    upgrade: fields?.['upgrade'],
    records: records.length,
    sealed: sealed.reduce((sum, { data }) => sum + Number(data['length']), 0),
    serverName: named && String(named.data['serverName']),
  };
}
