import type { Row } from './row.ts';

/** What carries messages: requests and answers, an event stream, a WebSocket connection. */
export type Transport = 'http' | 'event-stream' | 'websocket';

/** What one transport cost. */
export type TransportLedger = {
  readonly transport: Transport;
  /** Heads of the request and of the answer that began it; none with plain HTTP. */
  readonly setUp: number;
  /** All octets of both directions, set-up included. */
  readonly total: number;
  /** Of HTTP its exchanges, of an event stream its events, of WebSocket its messages. */
  readonly units: number;
};

type Sums = { setUp: number; total: number; units: number };

/** Shares out octets by what carried them. */
export class TransportSums {
  readonly #sums: Readonly<Record<Transport, Sums>> = {
    http: { setUp: 0, total: 0, units: 0 },
    'event-stream': { setUp: 0, total: 0, units: 0 },
    websocket: { setUp: 0, total: 0, units: 0 },
  };
  /** What each connection carries now. */
  readonly #now = new Map<number, Transport>();
  /** Octets of the newest request of each connection: only its answer tells what it began. */
  readonly #asked = new Map<number, number>();

  push(row: Row, octets: number): void {
    const connection = row.connection ?? 0;
    if (row.kind === 'tcp.close') {
      this.#now.delete(connection);
      this.#asked.delete(connection);
    }
    if (row.kind === 'http.req.head') {
      this.#now.set(connection, 'http');
      this.#asked.set(connection, octets);
      this.#sums.http.units++;
    }
    if (row.kind === 'http.res.head') this.#answer(row, connection);
    const sums = this.#sums[this.#now.get(connection) ?? 'http'];
    sums.total += octets;
    if (row.kind === 'http.res.head' && sums !== this.#sums.http) sums.setUp += octets;
    if (row.kind === 'ws.message' || row.kind === 'sse.event') sums.units++;
  }

  /** @returns those that carried something, in the order of their names here. */
  list(): readonly TransportLedger[] {
    return (Object.keys(this.#sums) as Transport[])
      .map((transport) => ({ transport, ...this.#sums[transport] }))
      .filter(({ total }) => total > 0);
  }

  /** Takes the request's head along to what its answer begins. */
  #answer(row: Row, connection: number): void {
    const transport = begunBy(row);
    if (transport === undefined) return;
    const asked = this.#asked.get(connection) ?? 0;
    this.#asked.delete(connection);
    this.#sums.http.total -= asked;
    this.#sums.http.units--;
    this.#sums[transport].total += asked;
    this.#sums[transport].setUp += asked;
    this.#now.set(connection, transport);
  }
}

function begunBy({ data }: Row): Transport | undefined {
  const fields = data['fields'] as Readonly<Record<string, string>> | undefined;
  if (data['statusCode'] === 101) return 'websocket';
  const isStream = /^text\/event-stream\b/i.test(fields?.['content-type'] ?? '');
  return isStream && data['statusCode'] === 200 ? 'event-stream' : undefined;
}
