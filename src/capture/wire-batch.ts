import {
  BATCH_HEAD_LENGTH,
  BATCH_VERSION,
  readBatchHead,
  WireBatchError,
} from './wire-batch-head.ts';
import type { OctetsEvent, WireEvent } from './wire-event.ts';

export { WireBatchError } from './wire-batch-head.ts';

/**
 * Several events in one binary message (multi-octet numbers are big-endian):
 *
 *   version 1 octet · now float64 · count uint32 · events
 *   event of octets: 0x00 or 0x01 (up, down) · seq float64 · t float64 · connection uint32 ·
 *     length uint32 · octets
 *   any other event: 0x02 · length uint32 · JSON
 */
const OCTETS_HEADER_LENGTH = 25;
const JSON_HEADER_LENGTH = 5;
const Marker = { up: 0, down: 1, json: 2 } as const;

/** One message of the wire channel, decoded. */
export type WireBatch = {
  /** Milliseconds since the run began, when the batch was sent. */
  readonly now: number;
  readonly events: readonly WireEvent[];
};

type EncodedEvent =
  | { readonly event: OctetsEvent; readonly length: number }
  | { readonly json: Uint8Array; readonly length: number };

/** Writes events as one message of the wire channel. */
export function encodeBatch(now: number, events: readonly WireEvent[]): Uint8Array<ArrayBuffer> {
  const encoded = events.map(encodeEvent);
  const length = encoded.reduce((sum, event) => sum + event.length, BATCH_HEAD_LENGTH);
  const octets = new Uint8Array(length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, BATCH_VERSION);
  view.setFloat64(1, now);
  view.setUint32(9, events.length);
  let at = BATCH_HEAD_LENGTH;
  for (const event of encoded) {
    if ('json' in event) writeJsonEvent(octets, view, at, event.json);
    else writeOctetsEvent(octets, view, at, event.event);
    at += event.length;
  }
  return octets;
}

function encodeEvent(event: WireEvent): EncodedEvent {
  if (event.kind === 'octets') return { event, length: OCTETS_HEADER_LENGTH + event.octets.length };
  const json = new TextEncoder().encode(JSON.stringify(event));
  return { json, length: JSON_HEADER_LENGTH + json.length };
}

function writeOctetsEvent(
  octets: Uint8Array,
  view: DataView,
  at: number,
  event: OctetsEvent,
): void {
  view.setUint8(at, Marker[event.direction]);
  view.setFloat64(at + 1, event.seq);
  view.setFloat64(at + 9, event.t);
  view.setUint32(at + 17, event.connection);
  view.setUint32(at + 21, event.octets.length);
  octets.set(event.octets, at + OCTETS_HEADER_LENGTH);
}

function writeJsonEvent(octets: Uint8Array, view: DataView, at: number, json: Uint8Array): void {
  view.setUint8(at, Marker.json);
  view.setUint32(at + 1, json.length);
  octets.set(json, at + JSON_HEADER_LENGTH);
}

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
    if (this.#left === 0 || at + OCTETS_HEADER_LENGTH > octets.length) return undefined;
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
    const { event, length } = readEvent(octets, view, this.#at);
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
export const octetsStart = (at: number): number => at + OCTETS_HEADER_LENGTH;
export const octetsEnd = (view: DataView, at: number): number =>
  at + OCTETS_HEADER_LENGTH + view.getUint32(at + 21);

function readEvent(
  octets: Uint8Array,
  view: DataView,
  at: number,
): { readonly event: WireEvent; readonly length: number } {
  need(octets, at, 1);
  const marker = view.getUint8(at);
  switch (marker) {
    case Marker.up:
    case Marker.down:
      return readOctetsEvent(octets, view, at, marker === Marker.up ? 'up' : 'down');
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
): { readonly event: OctetsEvent; readonly length: number } {
  need(octets, at, OCTETS_HEADER_LENGTH);
  const start = at + OCTETS_HEADER_LENGTH;
  const length = view.getUint32(at + 21);
  need(octets, start, length);
  const event: OctetsEvent = {
    kind: 'octets',
    seq: view.getFloat64(at + 1),
    t: view.getFloat64(at + 9),
    connection: view.getUint32(at + 17),
    direction,
    octets: octets.subarray(start, start + length),
  };
  if (!isCount(event.seq) || !Number.isFinite(event.t)) {
    throw new WireBatchError(`Event without number or time at octet ${at}`);
  }
  return { event, length: OCTETS_HEADER_LENGTH + length };
}

function readJsonEvent(
  octets: Uint8Array,
  view: DataView,
  at: number,
): { readonly event: WireEvent; readonly length: number } {
  need(octets, at, JSON_HEADER_LENGTH);
  const start = at + JSON_HEADER_LENGTH;
  const length = view.getUint32(at + 1);
  need(octets, start, length);
  const event = parseJson(octets.subarray(start, start + length));
  if (!isJsonEvent(event)) throw new WireBatchError(`Event of an unknown shape at octet ${at}`);
  return { event, length: JSON_HEADER_LENGTH + length };
}

function parseJson(octets: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets));
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
  note: {
    vantage: isOneOf('server', 'box'),
    connection: isOptional(isCount),
    name: isString,
    data: isRecord,
  },
  dropped: { events: isCount, octets: isCount },
};

function isJsonEvent(value: unknown): value is Exclude<WireEvent, OctetsEvent> {
  if (!isRecord(value) || typeof value['kind'] !== 'string') return false;
  const shape = Object.hasOwn(Shapes, value['kind']) ? Shapes[value['kind']] : undefined;
  if (shape === undefined || !isCount(value['seq']) || !Number.isFinite(value['t'])) return false;
  return Object.entries(shape).every(([name, check]) =>
    check(Object.hasOwn(value, name) ? value[name] : undefined),
  );
}
