import { FrameFlag, FrameType, type Frame } from './frame.ts';

/** What a stretch of a payload is: the names of RFC 9113 §6. */
export type PayloadFieldName =
  | 'pad-length'
  | 'stream-dependency'
  | 'weight'
  | 'field-block-fragment'
  | 'data'
  | 'padding'
  | 'error-code'
  | 'setting-identifier'
  | 'setting-value'
  | 'promised-stream-identifier'
  | 'opaque-data'
  | 'last-stream-identifier'
  | 'additional-debug-data'
  | 'window-size-increment'
  | 'unknown';

/** A named stretch of a payload. */
export type PayloadField = {
  readonly name: PayloadFieldName;
  /** From the payload's first octet. */
  readonly offset: number;
  readonly octets: Uint8Array;
  /** As an unsigned integer, where the field is one; its reserved or exclusive bit left out. */
  readonly value?: number;
};

/**
 * Names every octet of a frame's payload, in order and without a gap. RFC 9113 §6.
 *
 * Judges nothing: what does not fit its type's layout becomes fields that are too short, or `unknown`.
 */
export function payloadFields(frame: Frame): readonly PayloadField[] {
  const fields = new PayloadFields(frame.payload);
  const has = (flag: number) => (frame.flags & flag) !== 0;
  switch (frame.type) {
    case FrameType.data:
      fields.padded(has(FrameFlag.padded), 'data');
      break;
    case FrameType.headers:
      fields.padded(has(FrameFlag.padded), 'field-block-fragment', () => {
        if (has(FrameFlag.priority)) fields.priority();
      });
      break;
    case FrameType.pushPromise:
      fields.padded(has(FrameFlag.padded), 'field-block-fragment', () => {
        fields.integer('promised-stream-identifier', 4, 0x7fff_ffff);
      });
      break;
    case FrameType.priority:
      fields.priority();
      break;
    case FrameType.rstStream:
      fields.integer('error-code', 4);
      break;
    case FrameType.settings:
      fields.settings();
      break;
    case FrameType.ping:
      fields.take('opaque-data', 8);
      break;
    case FrameType.goaway:
      fields.integer('last-stream-identifier', 4, 0x7fff_ffff);
      fields.integer('error-code', 4);
      fields.rest('additional-debug-data');
      break;
    case FrameType.windowUpdate:
      fields.integer('window-size-increment', 4, 0x7fff_ffff);
      break;
    case FrameType.continuation:
      fields.rest('field-block-fragment');
      break;
  }
  fields.rest('unknown');
  return fields.list;
}

/** The octets of a payload's one field of that name; empty when it has none. */
export function payloadField(frame: Frame, name: PayloadFieldName): Uint8Array {
  return payloadFields(frame).find((field) => field.name === name)?.octets ?? new Uint8Array(0);
}

class PayloadFields {
  readonly list: PayloadField[] = [];
  readonly #payload: Uint8Array;
  #at = 0;

  constructor(payload: Uint8Array) {
    this.#payload = payload;
  }

  get #left(): number {
    return this.#payload.length - this.#at;
  }

  take(name: PayloadFieldName, length: number): void {
    if (this.#left === 0 || length <= 0) return;
    const octets = this.#payload.subarray(this.#at, this.#at + length);
    this.list.push({ name, offset: this.#at, octets });
    this.#at += octets.length;
  }

  rest(name: PayloadFieldName): void {
    this.take(name, this.#left);
  }

  integer(name: PayloadFieldName, length: number, mask = 0xffff_ffff): void {
    if (this.#left < length) return;
    const octets = this.#payload.subarray(this.#at, this.#at + length);
    const number = octets.reduce((sum, octet) => sum * 256 + octet, 0);
    this.list.push({ name, offset: this.#at, octets, value: (number & mask) >>> 0 });
    this.#at += length;
  }

  /** RFC 9113 §6.3: deprecated, but the octets are there. */
  priority(): void {
    this.integer('stream-dependency', 4, 0x7fff_ffff);
    this.integer('weight', 1);
  }

  settings(): void {
    while (this.#left >= 6) {
      this.integer('setting-identifier', 2);
      this.integer('setting-value', 4);
    }
  }

  /** RFC 9113 §6.1: Pad Length in front, the padding at the end. */
  padded(isPadded: boolean, name: PayloadFieldName, before: () => void = () => undefined): void {
    const padLength = isPadded ? (this.#payload[this.#at] ?? 0) : 0;
    if (isPadded) this.integer('pad-length', 1);
    before();
    this.take(name, this.#left - padLength);
    this.rest('padding');
  }
}
