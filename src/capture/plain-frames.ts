import type { Extension } from '#protocol/websocket/extensions.ts';
import { octetsHold } from './octets-hold.ts';
import type { Row } from './row.ts';
import { octetsConnection, octetsDirection, octetsTime } from './wire-batch.ts';
import { WebSocketRows } from './web-socket-rows.ts';
import type { Direction } from './wire-event.ts';

/** Where the frames of one connection come from. */
export type FrameOrigin = {
  readonly up: Row['sender'];
  readonly down: Row['sender'];
  readonly hop: number | undefined;
  readonly accepted: readonly Extension[];
};

/** Hears of a plain frame: its row's number, and where its event and itself begin in the batch. */
export type FrameSink = (
  number: number,
  eventAt: number,
  frameAt: number,
  origin: FrameOrigin,
) => void;

/**
 * Measures a plain frame: a whole message in one frame, text or binary, masked by who must mask,
 * shorter than 64 KiB, with its length in the fewest bits. What its rows say depends on itself alone.
 *
 * @returns its length, or 0 for any other frame and for one that does not end before `end`.
 */
export function plainFrameLength(
  octets: Uint8Array,
  at: number,
  end: number,
  isMasked: boolean,
): number {
  if (at + 2 > end) return 0;
  const first = octets[at];
  const second = octets[at + 1] ?? 0;
  if ((first !== 0x81 && first !== 0x82) || second >= 0x80 !== isMasked) return 0;
  let payloadLength = second & 0x7f;
  let length = isMasked ? 6 : 2;
  if (payloadLength > 125) {
    if (payloadLength === 127 || at + 4 > end) return 0;
    payloadLength = ((octets[at + 2] ?? 0) << 8) | (octets[at + 3] ?? 0);
    if (payloadLength < 126) return 0;
    length += 2;
  }
  length += payloadLength;
  return at + length > end ? 0 : length;
}

/** Two numbers per frame: where its event begins in the batch, and where it begins itself. */
const PLACE_LENGTH = 2;

/**
 * Plain frames of one batch, kept as they came: eight octets beside the batch for each, and rows
 * are made of them when somebody looks. Each has two, its own and then its message's.
 */
export class PlainFrames {
  /** Number of the first frame's row. */
  readonly first: number;
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #origins: ReadonlyMap<number, FrameOrigin>;
  readonly #places: Uint32Array;

  constructor(
    first: number,
    batch: { readonly octets: Uint8Array; readonly view: DataView },
    origins: ReadonlyMap<number, FrameOrigin>,
    places: Uint32Array,
  ) {
    this.first = first;
    this.#octets = batch.octets;
    this.#view = batch.view;
    this.#origins = origins;
    this.#places = places;
  }

  /** How many rows they are. */
  get count(): number {
    return this.#places.length;
  }

  /** Octets beside the batch. */
  get indexLength(): number {
    return this.#places.byteLength;
  }

  timeOf(number: number): number {
    return octetsTime(this.#view, this.#eventAt(number));
  }

  directionOf(number: number): Direction {
    return octetsDirection(this.#view, this.#eventAt(number));
  }

  originOf(number: number): FrameOrigin {
    return this.#origins.get(octetsConnection(this.#view, this.#eventAt(number)))!;
  }

  isMessage(number: number): boolean {
    return (number - this.first) % 2 === 1;
  }

  /** Otherwise it is binary. */
  isText(number: number): boolean {
    return this.#octets[this.#frameAt(number)] === 0x81;
  }

  /** Both rows of a frame, given the number of either. */
  rowsOf(number: number): readonly Row[] {
    const eventAt = this.#eventAt(number);
    const connection = octetsConnection(this.#view, eventAt);
    const origin = this.originOf(number);
    const { hop, accepted } = origin;
    const direction = this.directionOf(number);
    const sender = origin[direction];
    const frameAt = this.#frameAt(number);
    const rows: Row[] = [];
    const first = number - ((number - this.first) % 2);
    new WebSocketRows((draft) => {
      const row: Row = {
        number: first + rows.length,
        ...draft,
        vantage: 'wire',
        connection,
        ...(sender !== undefined && { sender }),
        ...(hop !== undefined && { hop }),
      };
      rows.push(row);
      return row;
    }, accepted).push(
      direction,
      this.#octets.subarray(frameAt, frameAt + this.#lengthOf(frameAt, direction)),
      this.timeOf(number),
    );
    return rows;
  }

  /**
   * Tells whether a frame's payload, unmasked, holds some octets.
   *
   * @param needle of which ASCII letters are lower case: those of the payload count as such.
   */
  holds(number: number, needle: Uint8Array): boolean {
    const octets = this.#octets;
    const frameAt = this.#frameAt(number);
    const isMasked = this.directionOf(number) === 'up';
    const end = frameAt + this.#lengthOf(frameAt, isMasked ? 'up' : 'down');
    const length7 = octets[frameAt + 1]! & 0x7f;
    const keyAt = frameAt + (length7 === 126 ? 4 : 2);
    const start = isMasked ? keyAt + 4 : keyAt;
    return octetsHold(octets, needle, start, end, isMasked ? keyAt : undefined);
  }

  #lengthOf(frameAt: number, direction: Direction): number {
    return plainFrameLength(this.#octets, frameAt, this.#octets.length, direction === 'up');
  }

  #eventAt(number: number): number {
    return this.#places[PLACE_LENGTH * ((number - this.first) >> 1)]!;
  }

  #frameAt(number: number): number {
    return this.#places[PLACE_LENGTH * ((number - this.first) >> 1) + 1]!;
  }
}

/** Collects the plain frames of one batch that follow each other without another row between. */
export class PlainFramesDraft {
  #places = new Uint32Array(4096);
  #length = 0;
  #first = 0;
  #origins = new Map<number, FrameOrigin>();

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(number: number, connection: number, origin: FrameOrigin, eventAt: number, frameAt: number) {
    if (this.#length === 0) this.#first = number;
    if (this.#length === this.#places.length) {
      const places = new Uint32Array(2 * this.#length);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[this.#length++] = eventAt;
    this.#places[this.#length++] = frameAt;
    if (this.#origins.get(connection) !== origin) this.#origins.set(connection, origin);
  }

  /** Gives away what was collected and begins anew. */
  take(batch: { readonly octets: Uint8Array; readonly view: DataView }): PlainFrames {
    const places = this.#places.slice(0, this.#length);
    const frames = new PlainFrames(this.#first, batch, this.#origins, places);
    this.#length = 0;
    this.#origins = new Map();
    return frames;
  }
}
