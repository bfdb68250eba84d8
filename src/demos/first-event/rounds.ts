import type { Row } from '#capture/row.ts';

/** What a client has open before it wants its first event. */
export type State = {
  readonly open: string;
  readonly name: string;
  /** Who measures it; a model computes it. */
  readonly by: 'BROWSER' | 'ROBOT' | 'MODEL';
  /** Round trips to the first event, counted from the protocols. */
  readonly fetch: number;
  /** Undefined where this course has no count. */
  readonly webSocket: number | undefined;
};

/** TCP, TLS 1.3 and the request or upgrade take a round trip each, where they are still to be done. */
export const States: readonly State[] = [
  { open: 'nothing', name: 'nothing', by: 'BROWSER', fetch: 3, webSocket: 3 },
  { open: 'http1', name: 'idle HTTP/1.1', by: 'BROWSER', fetch: 1, webSocket: 3 },
  { open: 'http2', name: 'HTTP/2', by: 'ROBOT', fetch: 1, webSocket: 1 },
  // RFC 9001 §4.6: a GET may travel in the first octets of a resumed connection.
  { open: 'quic', name: 'HTTP/3, resumed', by: 'MODEL', fetch: 1, webSocket: undefined },
];

/** The last measurement from one starting state. */
export type Measured = {
  readonly delayMs: number;
  readonly fetchMs: number;
  readonly webSocketMs: number;
};

/**
 * Reads the last round of each state out of a run's rows.
 *
 * A browser's are measured on its own connections, from the first octet of the request to the event:
 * a page that is busy drawing makes nobody wait there. The robot measures its own.
 */
export function measuredIn(rows: readonly Row[]): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>();
  for (const { kind, data } of rows) {
    if (kind !== 'app' || data['name'] !== 'round') continue;
    const { round, delayMs, fetchMs, webSocketMs } = data;
    found.set(String(data['open']), {
      delayMs: Number(delayMs),
      fetchMs: waitOnTheWire(rows, `/event?round=${String(round)}`) ?? Number(fetchMs),
      webSocketMs: waitOnTheWire(rows, `/events?round=${String(round)}`) ?? Number(webSocketMs),
    });
  }
  return found;
}

/** Undefined for what did not cross the page's own connections. */
function waitOnTheWire(rows: readonly Row[], target: string): number | undefined {
  const asked = rows.findLast(({ kind, hop, data }) => {
    const [path = ''] = String(data['requestTarget']).split('&');
    return kind === 'http.req.head' && hop === 0 && path.endsWith(target);
  });
  const event = rows.find(
    ({ kind, hop, connection, direction, t }) =>
      (kind === 'http.res.body' || kind === 'ws.frame') &&
      hop === 0 &&
      direction === 'down' &&
      connection === asked?.connection &&
      t > (asked?.t ?? Infinity),
  );
  return asked && event && Math.round((event.t - asked.t) * 10) / 10;
}
