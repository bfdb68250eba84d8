import type { Row } from '#capture/row.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import type { Point } from './client.ts';

/** One finished stroke, and what it took on the wire at the page. */
export type Stroke = {
  readonly id: string;
  readonly user: string;
  readonly by: string;
  readonly delayMs: number;
  readonly points: readonly Point[];
  readonly messages: number;
  readonly ms: number;
  /** Heads, framing and payload, up and down, the copy for the other board included. */
  readonly octets: number;
};

/** Reads the finished strokes out of a run's rows, the last one first. */
export function strokesOf(rows: readonly Row[]): readonly Stroke[] {
  const octets = octetsByStroke(rows);
  return rows
    .filter(({ kind, data }) => kind === 'app' && data['name'] === 'stroke')
    .map(({ data }) => ({
      id: String(data['id']),
      user: String(data['user']),
      by: String(data['by']),
      delayMs: Number(data['delayMs']),
      points: parsePath(String(data['path'])),
      messages: Number(data['messages']),
      ms: Number(data['ms']),
      octets: octets.get(String(data['id'])) ?? 0,
    }))
    .reverse();
}

/** Points as they stand in a row: `10,20 11,22`. */
export const serializePath = (points: readonly Point[]): string =>
  points.map((point) => point.join(',')).join(' ');

export function parsePath(text: string): readonly Point[] {
  return text.split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number);
    return [x, y] as const;
  });
}

const NAME = /"stroke":"([A-Za-z]+-\d+)"/;

/** A frame or chunk names its stroke; a request's target does, and its answer follows on the same connection. */
function octetsByStroke(rows: readonly Row[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const asked = new Map<number, string | undefined>();
  for (const { vantage, hop = 0, kind, connection = 0, data, detail, octets } of rows) {
    if (vantage !== 'wire' || hop !== 0 || octets === undefined) continue;
    if (kind === 'http.req.head') {
      asked.set(connection, /[?&]stroke=([\w-]+)/.exec(String(data['requestTarget']))?.[1]);
    }
    const isCounted = kind === 'ws.frame' || kind === 'http.chunk' || kind.startsWith('http.re');
    if (!isCounted) continue;
    const content = detail?.type === 'frame' ? detail.frame.applicationData : octets;
    const stroke = asked.get(connection) ?? NAME.exec(latin1FromOctets(content))?.[1];
    if (stroke !== undefined) sums.set(stroke, (sums.get(stroke) ?? 0) + octets.length);
  }
  return sums;
}
