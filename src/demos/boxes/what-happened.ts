import type { Row } from '#capture/row.ts';

/** What the page's script learned of one probe, and what the two sides of the box carried. */
export type Happened = {
  readonly path: string;
  readonly transport: string;
  /** Milliseconds from publishing to the script, by number. */
  readonly updates: ReadonlyMap<number, number>;
  readonly events: readonly Row[];
  readonly hops: readonly Hop[];
  /** What the boxes say they did; the same thing again is counted. */
  readonly notes: readonly { readonly text: string; readonly times: number }[];
  /** All was waited for. */
  readonly isOver: boolean;
  readonly isStopped: boolean;
};

/** What one connection after the other carried on one side of a box. */
export type Hop = {
  readonly requests: number;
  readonly withUpgrade: number;
  readonly statuses: readonly string[];
  readonly messages: number;
  readonly events: number;
};

/** Reads the newest probe out of a run's rows: a live one and a recorded one alike. */
export function whatHappened(rows: readonly Row[]): Happened | undefined {
  const from = rows.findLastIndex(({ kind, data }) => kind === 'app' && data['name'] === 'start');
  const start = rows[from];
  if (start === undefined) return undefined;
  // The wire's rows of the first request may have come before the page's own were told.
  const since = rows.filter(({ t }) => t >= start.t);
  const events = since.filter(({ kind }) => kind === 'app');
  const says = (name: string) => events.some(({ data }) => data['name'] === name);
  const updates = new Map<number, number>();
  for (const { data } of events) {
    if (data['name'] === 'update') updates.set(Number(data['number']), Number(data['afterMs']));
  }
  return {
    path: String(start.data['path']),
    transport: String(start.data['transport']),
    updates,
    events,
    hops: hopsOf(since),
    notes: notesOf(since),
    isOver: says('done'),
    isStopped: says('stopped'),
  };
}

function hopsOf(rows: readonly Row[]): Hop[] {
  const wire = rows.filter(({ hop }) => hop !== undefined);
  const last = Math.max(-1, ...wire.map(({ hop = 0 }) => hop));
  return Array.from({ length: last + 1 }, (_, hop) => hopOf(wire.filter((row) => row.hop === hop)));
}

function hopOf(rows: readonly Row[]): Hop {
  const asked = rows.filter(
    ({ kind, data }) =>
      kind === 'http.req.head' && !/\/(?:feed|published)$/.test(String(data['requestTarget'])),
  );
  const answers = new Set(asked.map(({ number }) => number));
  const statuses = rows
    .filter(({ kind, answers: to }) => kind === 'http.res.head' && to && answers.has(to))
    .map(({ data }) => String(data['statusCode']));
  return {
    requests: asked.length,
    withUpgrade: asked.filter(({ data }) =>
      Object.hasOwn(Object(data['fields']) as object, 'upgrade'),
    ).length,
    statuses: tally(statuses).map(({ text, times }) => (times > 1 ? `${times} × ${text}` : text)),
    messages: rows.filter(({ kind, direction }) => kind === 'ws.message' && direction === 'down')
      .length,
    events: rows.filter(({ kind }) => kind === 'sse.event').length,
  };
}

function notesOf(rows: readonly Row[]) {
  return tally(
    rows
      .filter(({ kind }) => kind === 'box')
      .map(({ data }) => {
        const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
        const why = text('why') || text('section');
        return `${text('box')}: ${text('name').replaceAll('-', ' ')}${why && `, ${why}`}`;
      }),
  );
}

function tally(texts: readonly string[]) {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, times]) => ({ text, times }));
}
