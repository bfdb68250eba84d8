import { BATCH_HEAD_LENGTH, readBatchHead, WireBatchError } from './wire-batch-head.ts';
import type { NoteEvent, OctetsEvent, RareEvent, WireEvent } from './wire-event.ts';

export { WireBatchError } from './wire-batch-head.ts';

/**
 * Several events in one binary message (multi-octet numbers are big-endian):
 *
 *   version 1 octet · now float64 · count uint32 · events
 *   event of octets: 0x00 or 0x01 (up, down) · seq float64 · t float64 · connection uint32 ·
 *     length uint32 · octets
 *   note: 0x03 or 0x04 (server, box) · seq float64 · t float64 · connection uint32 (0: none) ·
 *     length uint32 · name, a space, and data as JSON; length 0: as in the note before it in the batch
 *   a rare event: 0x02 · length uint32 · JSON
 */
export const EVENT_HEADER_LENGTH = 25;
export const JSON_HEADER_LENGTH = 5;
export const Marker = { up: 0, down: 1, json: 2, server: 3, box: 4 } as const;

/** One message of the wire channel, decoded. */
export type WireBatch = {
  /** Milliseconds since the run began, when the batch was sent. */
  readonly now: number;
  readonly events: readonly WireEvent[];
};

/**
 * Reads one message of the wire channel. Octets of events are views into it, not copies.
 *
 * @throws WireBatchError when it is damaged or of another version.
 */
export function decodeBatch(octets: Uint8Array): WireBatch {
  const events: WireEvent[] = [];
  const batch = new BatchReader(octets);
  for (let event = batch.next(); event !== undefined; event = batch.next()) events.push(event);
  return { now: batch.now, events };
}

/** Reads the events of a batch one by one, and tells where octets are without making an event. */
export class BatchReader {
  readonly octets: Uint8Array;
  readonly view: DataView;
  /** Milliseconds since the run began, when the batch was sent. */
  readonly now: number;
  #left: number;
  #at = BATCH_HEAD_LENGTH;
  #noted: Noted | undefined;

  /** @throws WireBatchError when it is of another version. */
  constructor(octets: Uint8Array) {
    this.octets = octets;
    this.view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    const { now, count } = readBatchHead(octets);
    this.now = now;
    this.#left = count;
  }

  /** Where the next event begins, if it is one of octets and whole. */
  get octetsAt(): number | undefined {
    const { octets } = this;
    const at = this.#at;
    if (this.#left === 0 || at + EVENT_HEADER_LENGTH > octets.length) return undefined;
    if ((octets[at] ?? Marker.json) >= Marker.json) return undefined;
    return octetsEnd(this.view, at) > octets.length ? undefined : at;
  }

  /** Leaves out the event of octets that {@link octetsAt} told of. */
  skip(): void {
    this.#left -= 1;
    this.#at = octetsEnd(this.view, this.#at);
  }

  /**
   * Reads the next event; `undefined` after the last one.
   *
   * @throws WireBatchError when it is damaged.
   */
  next(): WireEvent | undefined {
    const { octets, view } = this;
    if (this.#left === 0) {
      const rest = octets.length - this.#at;
      if (rest !== 0) throw new WireBatchError(`${rest} octets after the batch`);
      return undefined;
    }
    const { event, length } = readEvent(octets, view, this.#at, this.#noted);
    if (event.kind === 'note') this.#noted = event;
    this.#left -= 1;
    this.#at += length;
    return event;
  }
}

/** Fields of an event of octets that begins at `at`, read where they stand. */
export const octetsDirection = (view: DataView, at: number): OctetsEvent['direction'] =>
  view.getUint8(at) === Marker.up ? 'up' : 'down';
export const octetsSeq = (view: DataView, at: number): number => view.getFloat64(at + 1);
export const octetsTime = (view: DataView, at: number): number => view.getFloat64(at + 9);
export const octetsConnection = (view: DataView, at: number): number => view.getUint32(at + 17);
export const octetsStart = (at: number): number => at + EVENT_HEADER_LENGTH;
export const octetsEnd = (view: DataView, at: number): number =>
  at + EVENT_HEADER_LENGTH + view.getUint32(at + 21);

type ReadEvent = { readonly event: WireEvent; readonly length: number };
type Noted = Pick<NoteEvent, 'name' | 'data'>;

/** @param noted of the last note in the batch */
function readEvent(
  octets: Uint8Array,
  view: DataView,
  at: number,
  noted: Noted | undefined,
): ReadEvent {
  need(octets, at, 1);
  const marker = view.getUint8(at);
  switch (marker) {
    case Marker.up:
    case Marker.down:
      return readOctetsEvent(octets, view, at, marker === Marker.up ? 'up' : 'down');
    case Marker.server:
    case Marker.box:
      return readNote(octets, view, at, marker === Marker.server ? 'server' : 'box', noted);
    case Marker.json:
      return readJsonEvent(octets, view, at);
    default:
      throw new WireBatchError(`Unknown kind of event ${marker} at octet ${at}`);
  }
}

function readOctetsEvent(
  octets: Uint8Array,
  view: DataView,
  at: number,
  direction: OctetsEvent['direction'],
): ReadEvent {
  const content = readContent(octets, view, at);
  const place = readPlace(view, at);
  const event: OctetsEvent = {
    kind: 'octets',
    ...place,
    connection: octetsConnection(view, at),
    direction,
    octets: content,
  };
  return { event, length: EVENT_HEADER_LENGTH + content.length };
}

function readNote(
  octets: Uint8Array,
  view: DataView,
  at: number,
  vantage: NoteEvent['vantage'],
  noted: Noted | undefined,
): ReadEvent {
  const content = readContent(octets, view, at);
  const { name, data } = content.length === 0 && noted ? noted : parseNoted(content, at);
  const connection = octetsConnection(view, at);
  const event: NoteEvent = {
    kind: 'note',
    ...readPlace(view, at),
    vantage,
    ...(connection === 0 ? {} : { connection }),
    name,
    data,
  };
  return { event, length: EVENT_HEADER_LENGTH + content.length };
}

function parseNoted(content: Uint8Array, at: number): Noted {
  const text = decodeText(content);
  const nameLength = text.indexOf(' ');
  const data = parseJson(text.slice(nameLength + 1));
  if (nameLength < 1 || !isRecord(data)) {
    throw new WireBatchError(`Note of an unknown shape at octet ${at}`);
  }
  return { name: text.slice(0, nameLength), data };
}

function readContent(octets: Uint8Array, view: DataView, at: number): Uint8Array {
  need(octets, at, EVENT_HEADER_LENGTH);
  const end = octetsEnd(view, at);
  need(octets, at, end - at);
  return octets.subarray(octetsStart(at), end);
}

function readPlace(view: DataView, at: number): Pick<WireEvent, 'seq' | 't'> {
  const place = { seq: octetsSeq(view, at), t: octetsTime(view, at) };
  if (isCount(place.seq) && Number.isFinite(place.t)) return place;
  throw new WireBatchError(`Event without number or time at octet ${at}`);
}

function readJsonEvent(octets: Uint8Array, view: DataView, at: number): ReadEvent {
  need(octets, at, JSON_HEADER_LENGTH);
  const start = at + JSON_HEADER_LENGTH;
  const length = view.getUint32(at + 1);
  need(octets, start, length);
  const event = parseJson(decodeText(octets.subarray(start, start + length)));
  if (!isRareEvent(event)) throw new WireBatchError(`Event of an unknown shape at octet ${at}`);
  return { event, length: JSON_HEADER_LENGTH + length };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(octets: Uint8Array): string {
  try {
    return decoder.decode(octets);
  } catch (cause) {
    throw new WireBatchError('Event that is not UTF-8', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WireBatchError('Event that is not JSON', { cause });
  }
}

function need(octets: Uint8Array, at: number, length: number): void {
  const missing = at + length - octets.length;
  if (missing > 0) throw new WireBatchError(`Batch ends ${missing} octets too early`);
}

type Check = (value: unknown) => boolean;

const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isString: Check = (value) => typeof value === 'string';
const isOneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const Shapes: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  open: {
    connection: isCount,
    sender: isOneOf('BROWSER', 'TOOL', 'ROBOT', 'BOX'),
    hop: isCount,
    box: isOptional(isString),
    onBehalfOf: isOptional(isCount),
    exchangesBefore: isCount,
  },
  end: { connection: isCount, direction: isOneOf('up', 'down') },
  close: { connection: isCount, hadError: isOneOf(true, false) },
  dropped: { events: isCount, octets: isCount },
};

function isRareEvent(value: unknown): value is RareEvent {
  if (!isRecord(value) || typeof value['kind'] !== 'string') return false;
  const shape = Object.hasOwn(Shapes, value['kind']) ? Shapes[value['kind']] : undefined;
  if (shape === undefined || !isCount(value['seq']) || !Number.isFinite(value['t'])) return false;
  return Object.entries(shape).every(([name, check]) =>
    check(Object.hasOwn(value, name) ? value[name] : undefined),
  );
}
