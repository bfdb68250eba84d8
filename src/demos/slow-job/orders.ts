import type { Row } from '#capture/row.ts';

/** How long the proxy of the demo gives a request. */
export const PATIENCE_MS = 2000;

/** Where the bakery is, behind the chosen box. */
export function bakeryAddress(address: string, box: string): string {
  const way = box === 'max-duration' ? `via/max-duration;maxMs=${PATIENCE_MS}/` : '';
  return new URL(way, address).href;
}

/** One order, and what became of it. */
export type Order = {
  readonly by: string;
  readonly statusCode: number | undefined;
  /** From the order to its answer. */
  readonly answeredMs: number | undefined;
  /** Requests and handshakes that it took. */
  readonly requests: number;
  /** From the cake's being baked to the script's knowing; undefined while it does not. */
  readonly toldMs: number | undefined;
  readonly isBaked: boolean;
  readonly isOver: boolean;
  readonly problem: string | undefined;
};

/** Reads all orders of a run, live and in a recording; the cakes are as the server noted them. */
export function ordersOf(rows: readonly Row[]): Order[] {
  const reports = rows.filter(({ kind }) => kind === 'app');
  const begins = reports.filter(({ data }) => data['name'] === 'order');
  const heads = rows.filter(({ kind, hop = 0 }) => kind === 'http.req.head' && hop === 0);
  return begins.map((begin, index) => {
    const until = begins[index + 1]?.t ?? Infinity;
    const isWithin = ({ t }: Row) => t >= begin.t && t < until;
    const named = (name: string) =>
      reports.find((row) => row.data['name'] === name && isWithin(row));
    const answer = named('answer');
    const baked = rows.find((row) => row.data['cake'] === cakeOf(rows, isWithin) && isBaked(row));
    const reason = named('error')?.data['reason'];
    const told = named('outcome')?.data['toldMs'];
    const statusCode = answer?.data['statusCode'];
    return {
      by: String(begin.data['by']),
      statusCode: typeof statusCode === 'number' ? statusCode : undefined,
      answeredMs: answer && answer.t - begin.t,
      requests: heads.filter(isWithin).length,
      toldMs: typeof told === 'number' ? told : undefined,
      isBaked: baked !== undefined,
      isOver: named('done') !== undefined || reason !== undefined,
      problem: typeof reason === 'string' ? reason : undefined,
    };
  });
}

/** By the server's word: a proxy's answer knows of no cake. */
const cakeOf = (rows: readonly Row[], isWithin: (row: Row) => boolean): unknown =>
  rows.find((row) => row.kind === 'server' && row.data['name'] === 'begun' && isWithin(row))?.data[
    'cake'
  ];

const isBaked = ({ kind, data }: Row): boolean => kind === 'server' && data['name'] === 'baked';
