import type { Row } from '#capture/row.ts';
import type { RequestHead, ResponseHead } from '#protocol/http/head.ts';
import { extensionsOf } from '#protocol/websocket/extensions.ts';
import type { Har, HarEntry, HarProgram, HarTimings } from './har-format.ts';
import { harRequest, harResponse, noResponse, type Head } from './har-messages.ts';
import { harWebSocketClosed, harWebSocketMessages } from './har-web-socket.ts';

/** What goes into an archive beside the rows. */
export type HarOptions = {
  /** When the run began: milliseconds since 1970. */
  readonly beganAt: number;
  /** Version or build of this site. */
  readonly version: string;
  readonly browser?: HarProgram;
};

/** Writes a run as an HTTP Archive 1.2: one entry per request, on whatever hop it was seen. */
export function harFromRows(rows: readonly Row[], options: HarOptions): Har {
  const index = new RowIndex(rows);
  return {
    log: {
      version: '1.2',
      creator: { name: 'Switching Protocols', version: options.version },
      ...(options.browser && { browser: options.browser }),
      entries: rows.flatMap((row) => {
        const { detail } = row;
        if (detail?.type !== 'head' || detail.head.type !== 'request') return [];
        return [harEntry({ row, head: detail.head }, index, options.beganAt)];
      }),
      comment:
        'Seen by a tap inside the server, so connecting is not timed. • stands for withheld octets.',
    },
  };
}

/** Finds rows by number, by what they answer, and by connection. */
class RowIndex {
  readonly #rows: readonly Row[];
  readonly #answers: ReadonlyMap<number | undefined, readonly Row[]>;
  readonly #connections: ReadonlyMap<number | undefined, readonly Row[]>;

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
    this.#answers = Map.groupBy(rows, (row) => row.answers);
    this.#connections = Map.groupBy(rows, (row) => row.connection);
  }

  at(number: number): Row | undefined {
    return this.#rows[number - 1];
  }

  answersTo(row: Row): readonly Row[] {
    return this.#answers.get(row.number) ?? [];
  }

  /** Rows of the same connection after this one. */
  after(row: Row): readonly Row[] {
    const rows = this.#connections.get(row.connection) ?? [];
    return rows.slice(rows.indexOf(row) + 1);
  }

  /** The final response: interim ones have no place in an archive. RFC 9110 §15.2. */
  responseTo(request: Row): Head<ResponseHead> | undefined {
    for (const row of this.answersTo(request)) {
      if (row.detail?.type !== 'head' || row.detail.head.type !== 'response') continue;
      const { head } = row.detail;
      if (head.statusCode === 101 || head.statusCode >= 200) return { row, head };
    }
    return undefined;
  }
}

function harEntry(request: Head<RequestHead>, index: RowIndex, beganAt: number): HarEntry {
  const { row } = request;
  const response = index.responseTo(row);
  const handshake = index.answersTo(row).find(({ kind }) => kind === 'ws.handshake');
  const timings = harTimings(row, response?.row, index);
  return {
    startedDateTime: new Date(Math.round(beganAt + row.t)).toISOString(),
    time: timings.send + timings.wait + timings.receive,
    request: harRequest(request, index.answersTo(row), handshake === undefined ? 'http' : 'ws'),
    response:
      response === undefined ? noResponse() : harResponse(response, index.answersTo(response.row)),
    cache: {},
    timings,
    connection: String(row.connection ?? ''),
    ...(row.sender !== undefined && { _sender: row.sender }),
    ...(row.hop !== undefined && { _hop: row.hop }),
    ...(handshake !== undefined && harWebSocket(handshake, response?.head, index, beganAt)),
  };
}

function harWebSocket(
  handshake: Row,
  response: ResponseHead | undefined,
  index: RowIndex,
  beganAt: number,
): Partial<HarEntry> {
  if (handshake.data['accepted'] !== true) return { _resourceType: 'websocket' };
  const rows = index.after(handshake);
  const secondsAt = (t: number): number => (beganAt + t) / 1000;
  const accepted = (response && extensionsOf(response)) ?? [];
  const closed = harWebSocketClosed(rows, secondsAt);
  return {
    _resourceType: 'websocket',
    _webSocketMessages: harWebSocketMessages(
      rows,
      (number) => index.at(number),
      secondsAt,
      accepted,
    ),
    ...(closed && { _webSocketClosed: closed }),
  };
}

/** Counted from when a head's last octet was there. */
function harTimings(request: Row, response: Row | undefined, index: RowIndex): HarTimings {
  const sent = lastTime(request, index);
  const answered = response?.t ?? sent;
  const received = response === undefined ? answered : lastTime(response, index);
  return {
    blocked: -1,
    dns: -1,
    connect: -1,
    ssl: -1,
    send: sent - request.t,
    // A server may answer before it has read the whole request.
    wait: Math.max(0, answered - sent),
    receive: received - answered,
  };
}

/** When the last row of a message's body came to be; the head's own time without a body. */
function lastTime(head: Row, index: RowIndex): number {
  return index
    .answersTo(head)
    .filter(({ kind }) => /body|chunk/.test(kind))
    .reduce((last, { t }) => Math.max(last, t), head.t);
}
