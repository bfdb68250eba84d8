import { OctetBuffer } from '#protocol/octet-buffer.ts';
import { contentTypeName, MAX_FRAGMENT, RECORD_HEADER_LENGTH, type TlsRecord } from './record.ts';

/** What one direction of a TLS connection consists of, with its place there. */
export type RecordElement = {
  /** From the first octet of the direction. */
  readonly offset: number;
  /** A view: true as long as the pushed octets are not overwritten. */
  readonly octets: Uint8Array;
} & (
  | { readonly type: 'record'; readonly record: TlsRecord }
  /** Octets from which on no record can be read. */
  | { readonly type: 'unread'; readonly code: 'NOT_A_RECORD' | 'RECORD_INCOMPLETE' }
);

/** Reads the records of one direction. What is in them is between the two ends. RFC 8446 §5.1. */
export class RecordReader {
  readonly #buffer = new OctetBuffer();
  #offset = 0;
  #isLost = false;

  /** Adopts octets (the caller must not write to them afterwards) and returns what they complete. */
  push(octets: Uint8Array): RecordElement[] {
    this.#buffer.push(octets);
    const elements: RecordElement[] = [];
    for (let element = this.#next(); element !== undefined; element = this.#next()) {
      elements.push(element);
    }
    return elements;
  }

  /** Says that this direction sends no more. */
  end(): RecordElement[] {
    const { length } = this.#buffer;
    return length === 0
      ? []
      : [{ type: 'unread', code: 'RECORD_INCOMPLETE', ...this.#take(length) }];
  }

  #next(): RecordElement | undefined {
    const { octets } = this.#buffer;
    if (octets.length === 0) return undefined;
    if (this.#isLost || contentTypeName(octets[0] ?? 0) === 'unknown') return this.#unread();
    if (octets.length < RECORD_HEADER_LENGTH) return undefined;
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    const legacyVersion = view.getUint16(1);
    const length = view.getUint16(3);
    if (legacyVersion >> 8 !== 3 || length > MAX_FRAGMENT) return this.#unread();
    const end = RECORD_HEADER_LENGTH + length;
    if (octets.length < end) return undefined;
    const contentType = view.getUint8(0);
    const taken = this.#take(end);
    const fragment = taken.octets.subarray(RECORD_HEADER_LENGTH);
    return { type: 'record', record: { contentType, legacyVersion, length, fragment }, ...taken };
  }

  #unread(): RecordElement {
    this.#isLost = true;
    return { type: 'unread', code: 'NOT_A_RECORD', ...this.#take(this.#buffer.length) };
  }

  #take(length: number): { offset: number; octets: Uint8Array } {
    const offset = this.#offset;
    this.#offset += length;
    return { offset, octets: this.#buffer.take(length) };
  }
}
