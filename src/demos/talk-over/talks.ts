import { ledgerOf } from '#capture/ledger.ts';
import type { Row } from '#capture/row.ts';

/** One number on its way, in milliseconds of the run; without an end while it is under way. */
export type Line = {
  readonly from: 'page' | 'server';
  readonly n: number;
  readonly begin: number;
  readonly end: number | undefined;
};

/** What one talk looked like and what it cost at the page, heads included. */
export type TalkRecord = {
  readonly talk: number;
  readonly by: string;
  readonly delayMs: number;
  readonly isOver: boolean;
  readonly problem: string | undefined;
  readonly lines: readonly Line[];
  /** Numbers that have arrived, of the page and of the server. */
  readonly up: number;
  readonly down: number;
  /** Most numbers of the server that one number of the page has crossed. */
  readonly mostCrossed: number;
  readonly onOneConnection: boolean;
  /** Connections of the page that carried anything of it. */
  readonly connections: number;
  readonly octetsUp: number;
  readonly octetsDown: number;
};

/** Reads every talk out of a run's rows, the last one first; of a recording as of a live run. */
export function talksOf(rows: readonly Row[]): readonly TalkRecord[] {
  const starts = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'talk');
  const wire = wireByTalk(rows);
  return starts
    .map(({ data }, index) => {
      const last = starts[index + 1]?.number ?? Infinity;
      const page = pageRows(rows, starts[index]?.number ?? 0, last);
      return record(data, page, rows, wire.get(Number(data['talk'])) ?? []);
    })
    .reverse();
}

const pageRows = (rows: readonly Row[], first: number, next: number): readonly Row[] =>
  rows.filter(({ kind, number }) => kind === 'app' && number >= first && number < next);

function record(
  { talk, by, delayMs }: Row['data'],
  page: readonly Row[],
  rows: readonly Row[],
  wire: readonly Row[],
): TalkRecord {
  const server = rows.filter(({ kind, data }) => kind === 'server' && data['talk'] === talk);
  const heard = named(server, 'heard');
  const lines = [
    ...linesOf('page', named(page, 'said'), heard),
    ...linesOf('server', named(server, 'said'), named(page, 'heard')),
  ];
  const arrived = (from: Line['from']) =>
    lines.filter((line) => line.from === from && line.end !== undefined).length;
  const crossing = heard.filter(({ data }) => Number(data['crossed']) > 0);
  const { up, down } = ledgerOf(wire);
  const problem = named(page, 'error').at(-1)?.data['reason'];
  return {
    talk: Number(talk),
    by: String(by),
    delayMs: Number(delayMs),
    isOver: page.some(({ data }) => data['name'] === 'done' || data['name'] === 'error'),
    problem: typeof problem === 'string' ? problem : undefined,
    lines,
    up: arrived('page'),
    down: arrived('server'),
    mostCrossed: Math.max(0, ...crossing.map(({ data }) => Number(data['crossed']))),
    onOneConnection:
      crossing.length > 0 && crossing.every(({ data }) => data['sameConnection'] === true),
    connections: new Set(wire.map(({ connection }) => connection)).size,
    octetsUp: up.total,
    octetsDown: down.total,
  };
}

const named = (rows: readonly Row[], name: string): readonly Row[] =>
  rows.filter(({ data }) => data['name'] === name);

function linesOf(from: Line['from'], said: readonly Row[], heard: readonly Row[]): Line[] {
  const ends = new Map(heard.map(({ data, t }) => [data['n'], t]));
  return said.map(({ data, t }) => ({
    from,
    n: Number(data['n']),
    begin: t,
    end: ends.get(data['n']),
  }));
}

/** What the page's own connections carried for each talk: a kept-alive one may serve several. */
function wireByTalk(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const current = new Map<number, number>();
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const { vantage, hop = 0, connection = 0, kind, data } = row;
    if (vantage !== 'wire' || hop !== 0) continue;
    if (kind === 'http.req.head') {
      const [, talk = '0'] = /\/talks\/(\d+)\//.exec(String(data['requestTarget'])) ?? [];
      current.set(connection, Number(talk));
    }
    const talk = current.get(connection) ?? 0;
    if (talk === 0 || row.direction === undefined) continue;
    const kept = found.get(talk) ?? [];
    kept.push(row);
    found.set(talk, kept);
  }
  return found;
}
