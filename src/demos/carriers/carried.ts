import type { Row } from '#capture/row.ts';

/** One kind of request, and what the last of that kind carried. */
export type Carried = {
  readonly name: string;
  /** Undefined while there was none. */
  readonly cookie: boolean | undefined;
  readonly origin: string | undefined;
};

/** By what the server’s program calls them, in the order in which they are sent. */
const kinds: readonly (readonly [by: string, name: string])[] = [
  ['GET page', 'fetch, GET'],
  ['GET bare', 'fetch, GET, credentials: "omit"'],
  ['POST page', 'fetch, POST'],
  ['event stream', 'EventSource'],
  ['WebSocket', 'WebSocket'],
];

/** Reads what was carried out of the server’s notes; of a recording as of a live run. */
export function carriedIn(rows: readonly Row[]): readonly Carried[] {
  const notes = rows.filter(({ kind, data }) => kind === 'server' && data['name'] === 'asked');
  return kinds.map(([by, name]) => {
    const last = notes.findLast(({ data }) => data['by'] === by)?.data;
    const origin = last?.['origin'];
    return {
      name,
      cookie: last === undefined ? undefined : last['cookie'] === true,
      origin: typeof origin === 'string' ? origin : undefined,
    };
  });
}
