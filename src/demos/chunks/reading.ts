import type { Row } from '#capture/row.ts';

/** One piece as the page's script read it, and what came of it. */
export type Piece = {
  readonly number: number;
  readonly bytes: number;
  readonly text: string;
  readonly naive: 'read' | 'error';
  /** Lines that ended in this piece. */
  readonly lines: number;
};

export type Reading = {
  readonly pieces: readonly Piece[];
  /** Pieces that are no JSON text. */
  readonly errors: number;
  readonly byLine: number;
  readonly isOver: boolean;
  readonly problem: string | undefined;
};

/** The last reading of a run, as the page's script reported it. */
export function lastReading(rows: readonly Row[]): Reading | undefined {
  const reports = rows.filter(({ kind }) => kind === 'app').map(({ data }) => data);
  const begin = reports.findLastIndex(({ name }) => name === 'read');
  if (begin < 0) return undefined;
  const of = reports.slice(begin);
  const named = (name: string) => of.filter((data) => data['name'] === name);
  const errors = new Set(named('error').map(({ piece }) => piece));
  const lines = named('message').filter(({ by }) => by === 'lines');
  const pieces = named('piece').map(({ piece, bytes, text }): Piece => {
    return {
      number: Number(piece),
      bytes: Number(bytes),
      text: String(text),
      naive: errors.has(piece) ? 'error' : 'read',
      lines: lines.filter((line) => line['piece'] === piece).length,
    };
  });
  return {
    pieces,
    errors: errors.size,
    byLine: lines.length,
    isOver: named('done').length + named('failed').length > 0,
    problem: named('failed').map(({ reason }) => String(reason))[0],
  };
}

/** Where a path leads. */
export function addressOn(
  address: string,
  { path, size, waitMs }: { path: string; size: number; waitMs: number },
): string {
  return path === 'rechunk' ? `${address}via/rechunk;size=${size};waitMs=${waitMs}/` : address;
}
