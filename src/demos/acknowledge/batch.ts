import type { Row } from '#capture/row.ts';

/** The server's side of a batch: what is acknowledged, and what is made. */
export type BatchSettings = {
  readonly seed: number;
  readonly acknowledge: boolean;
  readonly deduplicate: boolean;
  readonly oneAtATime: boolean;
  /** Whether the program takes orders and makes none. */
  readonly stuck: boolean;
};

/** What the server's program has noted about one batch. */
export type ServerSide = {
  /** Tables in the order in which their orders arrived and were made. */
  readonly arrived: readonly number[];
  readonly made: readonly number[];
  /** How often something had to be answered before the last order could come, and that order. */
  readonly roundTrips: number;
};

/** What the page's script knows of an order. */
export type Knowledge = {
  readonly table: number;
  readonly sends: number;
  /** `acknowledged`, or a status code. */
  readonly answer: string | undefined;
};

/** All that the page's script knows of the last batch. */
export type PageSide = {
  readonly batch: number;
  readonly orders: readonly Knowledge[];
  /** Nothing more is waited for, or nothing has come for long. */
  readonly isOver: boolean;
  /** Of its WebSocket, when last looked at. */
  readonly readyState: string | undefined;
  readonly bufferedAmount: number | undefined;
  readonly problem: string | undefined;
};

/** Where each path leads; the café's settings never take it. */
const boxes: Readonly<Record<string, string>> = {
  none: '',
  'accept-then-drop': 'via/accept-then-drop/',
  'black-hole': 'via/black-hole;swallows=both;nth=1/',
  'lost-orders': 'via/black-hole;swallows=up;nth=5/',
  'lost-answers': 'via/black-hole;swallows=down;nth=5/',
};

/** Begins a batch, past all boxes; returns its number. */
export async function beginBatch(
  address: string,
  settings: BatchSettings,
  signal: AbortSignal,
): Promise<number> {
  const response = await fetch(new URL('batches', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
    signal,
  });
  if (!response.ok) throw new Error(`the batch did not begin: ${response.status}`);
  return ((await response.json()) as { batch: number }).batch;
}

/** A batch's address behind the box of a path. */
export function batchAddress(address: string, path: string, batch: number): string {
  return new URL(`${boxes[path] ?? ''}batches/${batch}/`, address).href;
}

/** Reads what the server noted: from rows with its vantage, never from the page's own word. */
export function serverSide(rows: readonly Row[], batch: number): ServerSide {
  const notes = rows
    .filter(({ kind, data }) => kind === 'server' && data['batch'] === batch)
    .toSorted((one, other) => one.t - other.t)
    .map(({ data }) => data);
  const tables = (name: string) =>
    notes.filter((data) => data['name'] === name).map(({ table }) => Number(table));
  const roundTrips = notes.map(({ roundTrip }) => Number(roundTrip ?? 0));
  return {
    arrived: tables('arrived'),
    made: tables('applied'),
    roundTrips: Math.max(0, ...roundTrips),
  };
}

/**
 * Counts the orders whose octets were read at the other end of the page's connections: by a box, or by
 * the server. What is sent again is the same order, and has the same content.
 */
export function readAtOtherEnd(rows: readonly Row[], { batch, orders }: PageSide): number {
  const up = rows.filter(({ direction, hop = 0 }) => direction === 'up' && hop === 0);
  const asked = (what: string) =>
    up.filter(
      ({ kind, data }) =>
        kind === 'http.req.head' &&
        String(data['requestTarget']).endsWith(`/batches/${String(batch)}/${what}`),
    );
  const posted = (what: string) => {
    const heads = new Set(asked(what).map(({ number }) => number));
    return up.flatMap(({ kind, answers = 0, data, octets }) =>
      kind === 'http.req.body' && heads.has(answers) && data['complete'] === true && octets
        ? [octets.join()]
        : [],
    );
  };
  if (posted('lists').length > 0) return orders.length;
  const sockets = new Set(asked('ws').map(({ connection }) => connection));
  const messages = up
    .filter(({ kind, connection }) => kind === 'ws.message' && sockets.has(connection))
    .map(({ data }) => String(data['text']));
  return new Set([...messages, ...posted('orders'), ...posted('jobs')]).size;
}

/** Reads what the script reported of the last batch: live, and in a recording. */
export function pageSide(rows: readonly Row[]): PageSide {
  const reports = rows.filter(({ kind }) => kind === 'app').map(({ data }) => data);
  const begun = reports.findLast(({ name }) => name === 'batch');
  const since = begun === undefined ? [] : reports.slice(reports.indexOf(begun));
  const named = (...names: string[]) => since.filter(({ name }) => names.includes(String(name)));
  const of = (table: number, ...names: string[]) =>
    named(...names).filter((data) => tableOf(data) === table);
  const orders = Array.from({ length: Number(begun?.['orders'] ?? 0) }, (_, index) => {
    const table = index + 1;
    const [answer] = of(table, 'acknowledged', 'answer');
    return {
      table,
      sends: of(table, 'send').length,
      answer: answer && String(answer['statusCode'] ?? answer['name']),
    };
  });
  const looked = since.findLast((data) => data['bufferedAmount'] !== undefined);
  const problem = named('error').at(-1)?.['reason'];
  return {
    batch: Number(begun?.['batch'] ?? 0),
    orders,
    isOver: named('done', 'no-news', 'error').length > 0,
    readyState: looked && String(looked['readyState']),
    bufferedAmount: looked && Number(looked['bufferedAmount']),
    problem: typeof problem === 'string' ? problem : undefined,
  };
}

/** An acknowledgement names the id alone, which is the batch's number and the table's. */
const tableOf = ({ table, id }: Row['data']): number => Number(table ?? String(id).split('-')[1]);
