import type { Row } from '#capture/row.ts';

/** A ping and its pong, in milliseconds since the transfer began. */
export type Answered = { readonly from: number; readonly to: number };

/** One large message with what had to wait behind it, as far as it has come. */
export type TransferRecord = {
  readonly transfer: number;
  readonly way: string;
  readonly sizeKiB: number;
  readonly pieceKiB: number;
  readonly rate: number;
  readonly pings: readonly Answered[];
  /** The longest wait for a pong; undefined while there is none. */
  readonly slowestPongMs: number | undefined;
  readonly smallMs: number | undefined;
  readonly largeMs: number | undefined;
  readonly isOver: boolean;
  readonly problem: string | undefined;
};

/** Reads every transfer out of a run's rows, the last one first; of a recording as of a live run. */
export function transfersOf(rows: readonly Row[]): readonly TransferRecord[] {
  return rows
    .filter(({ kind, data }) => kind === 'app' && data['name'] === 'transfer')
    .map(({ data }) => record(data, rows))
    .reverse();
}

function record(begun: Row['data'], rows: readonly Row[]): TransferRecord {
  const { transfer, way, sizeKiB, pieceKiB, rate } = begun;
  const own = rows.filter(({ data }) => data['transfer'] === transfer);
  const named = (kind: Row['kind'], name: string) =>
    own.filter((row) => row.kind === kind && row.data['name'] === name);
  const pageMs = (name: string) => {
    const ms = named('app', name)[0]?.data['afterMs'];
    return typeof ms === 'number' ? ms : undefined;
  };
  const readyAt = named('server', 'ready')[0]?.t ?? 0;
  const pings = named('server', 'pong').map(({ t, data }) => {
    const to = t - readyAt;
    return { from: to - Number(data['afterMs']), to };
  });
  const problem = named('app', 'error')[0]?.data['reason'];
  return {
    transfer: Number(transfer),
    way: String(way),
    sizeKiB: Number(sizeKiB),
    pieceKiB: Number(pieceKiB),
    rate: Number(rate),
    pings,
    slowestPongMs:
      pings.length === 0 ? undefined : Math.max(...pings.map(({ from, to }) => to - from)),
    smallMs: pageMs('small'),
    largeMs: pageMs('large'),
    isOver: named('app', 'done').length > 0 || problem !== undefined,
    problem: typeof problem === 'string' ? problem : undefined,
  };
}

/** How long so many KiB take on a path of so many kB in a second, in milliseconds: the way left out. */
export function msOnThePath(kiB: number, rate: number): number {
  return (kiB * 1024) / rate;
}
