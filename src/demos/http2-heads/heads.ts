import type { Row } from '#capture/row.ts';

/** The heads of the requests of one protocol, in order. */
export type Heads = {
  /** Octets of each on the wire; of HTTP/2, frame headers among them. */
  readonly lengths: readonly number[];
  readonly connections: number;
};

/** What the browser sent over HTTP/1.1: heads of requests for the feed. */
export function http1Heads(rows: readonly Row[]): Heads {
  return headsOf(
    rows.filter(({ kind, sender }) => kind === 'http.req.head' && sender === 'BROWSER'),
  );
}

/** What the robot sent over HTTP/2: HEADERS frames. */
export function http2Heads(rows: readonly Row[]): Heads {
  return headsOf(
    rows.filter(
      ({ kind, direction, data }) =>
        kind === 'h2.frame' && direction === 'up' && data['type'] === 'HEADERS',
    ),
  );
}

function headsOf(rows: readonly Row[]): Heads {
  return {
    lengths: rows.map(({ octets }) => octets?.length ?? 0),
    connections: new Set(rows.map(({ connection }) => connection)).size,
  };
}

/** Octets of the last head that HTTP/2 carried, if it were written out for HTTP/1.1. RFC 9112 §2.1. */
export function writtenOut(rows: readonly Row[]): number | undefined {
  const row = rows.findLast(({ kind, data }) => kind === 'h2.frame' && isRequest(data['fields']));
  if (row === undefined) return undefined;
  const fields = row.data['fields'] as Readonly<Record<string, string>>;
  const lines = [
    `${fields[':method'] ?? ''} ${fields[':path'] ?? ''} HTTP/1.1`,
    `Host: ${fields[':authority'] ?? ''}`,
    // What a browser says over HTTP/1.1, and must not over HTTP/2 (RFC 9113 §8.2.2).
    'Connection: keep-alive',
    ...Object.entries(fields)
      .filter(([name]) => !name.startsWith(':'))
      .map(([name, value]) => `${name}: ${value}`),
  ];
  return lines.reduce((sum, line) => sum + line.length + 2, 2);
}

const isRequest = (fields: unknown): boolean =>
  typeof fields === 'object' && fields !== null && ':method' in fields;
