import type { Row } from './row.ts';

/** What carries messages: requests and answers, an event stream, a WebSocket connection. */
export type Transport = 'http' | 'http2' | 'event-stream' | 'websocket';

/** What one transport cost. */
export type TransportLedger = {
  readonly transport: Transport;
  /**
   * Heads of the request and of the answer that began it, of HTTP/2 the connection's preface and
   * settings; none with plain HTTP.
   */
  readonly setUp: number;
  /** All octets of both directions, set-up included. */
  readonly total: number;
  /** Of HTTP and HTTP/2 its exchanges, of an event stream its events, of WebSocket its messages. */
  readonly units: number;
};

type Sums = { setUp: number; total: number; units: number };

/** Shares out octets by what carried them. */
export class TransportSums {
  readonly #sums: Readonly<Record<Transport, Sums>> = {
    http: { setUp: 0, total: 0, units: 0 },
    http2: { setUp: 0, total: 0, units: 0 },
    'event-stream': { setUp: 0, total: 0, units: 0 },
    websocket: { setUp: 0, total: 0, units: 0 },
  };
  /** What each connection carries now. */
  readonly #now = new Map<number, Transport>();
  /** Octets of the newest request of each connection: only its answer tells what it began. */
  readonly #asked = new Map<number, number>();

  /** What each stream of HTTP/2 has cost so far, as long as it is no tunnel. RFC 8441 §5. */
  readonly #streams = new Map<string, number>();
  readonly #tunnels = new Set<string>();

  push(row: Row, octets: number): void {
    const connection = row.connection ?? 0;
    if (row.kind.startsWith('h2.') || row.data['transport'] === 'h2') {
      this.#pushHttp2(row, octets);
      return;
    }
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

  #pushHttp2({ kind, connection, direction, data }: Row, octets: number): void {
    const { http2, websocket } = this.#sums;
    const stream = `${connection ?? 0}/${String(data['stream'])}`;
    const before = this.#streams.get(stream) ?? 0;
    if (kind === 'ws.handshake' && data['accepted'] === true) {
      this.#tunnels.add(stream);
      http2.total -= before;
      http2.units--;
      websocket.total += before;
      websocket.setUp += before;
    }
    this.#streams.set(stream, before + octets);
    const sums = this.#tunnels.has(stream) ? websocket : http2;
    sums.total += octets;
    if (kind === 'ws.message') websocket.units++;
    if (kind === 'h2.preface' || data['type'] === 'SETTINGS') http2.setUp += octets;
    const fields = data['fields'] as Readonly<Record<string, string>> | undefined;
    if (direction === 'up' && fields?.[':method'] !== undefined) http2.units++;
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
