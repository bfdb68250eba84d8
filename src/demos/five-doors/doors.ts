import type { Row } from '#capture/row.ts';

/** Somebody's request, and what came back. */
export type Visit = {
  readonly door: string;
  readonly what: 'badge' | 'ws';
  /** Of the request's row. */
  readonly row: number;
  readonly statusCode: number | undefined;
  /** Seconds since the origin made it, if a cache kept it. */
  readonly age: number | undefined;
};

export const Doors = [
  'address bar',
  '<img>',
  'curl',
  'health check',
  'crawler',
  'new WebSocket()',
] as const;

const TOOLS: Readonly<Record<string, string>> = {
  curl: 'curl',
  'kube-probe': 'health check',
  'demo-crawler': 'crawler',
};
const TARGET = /\/(readers\/badge|ws)$/;

/** Reads who asked for what off the wire, in the order of asking. */
export function visitsOf(rows: readonly Row[]): readonly Visit[] {
  const answers = new Map<number, Row>();
  for (const row of rows) {
    if (row.kind === 'http.res.head' && row.answers !== undefined) answers.set(row.answers, row);
  }
  return rows.flatMap((row) => {
    const [, what] = TARGET.exec(String(row.data['requestTarget'])) ?? [];
    if (row.kind !== 'http.req.head' || row.hop !== 0 || what === undefined) return [];
    const answer = answers.get(row.number)?.data;
    const age = fieldsOf(answer)['age'];
    return [
      {
        door: doorOf(row),
        what: what === 'ws' ? ('ws' as const) : ('badge' as const),
        row: row.number,
        statusCode: answer === undefined ? undefined : Number(answer['statusCode']),
        age: age === undefined ? undefined : Number(age),
      },
    ];
  });
}

function doorOf({ data }: Row): string {
  const fields = fieldsOf(data);
  const [, name = ''] = /^([a-z-]+)\//.exec(fields['user-agent'] ?? '') ?? [];
  const tool = TOOLS[name];
  if (tool !== undefined) return tool;
  if (fields['upgrade'] !== undefined) return 'new WebSocket()';
  if (fields['sec-fetch-dest'] === 'document') return 'address bar';
  return fields['sec-fetch-dest'] === 'image' ? '<img>' : 'another client';
}

function fieldsOf(data: Row['data'] | undefined): Readonly<Record<string, string>> {
  return (data?.['fields'] ?? {}) as Readonly<Record<string, string>>;
}

/** What became of a visit, in a few words. */
export function outcomeOf({ statusCode, age }: Visit): string {
  if (statusCode === undefined) return 'no answer yet';
  return age === undefined ? String(statusCode) : `${statusCode}, Age ${age}`;
}
