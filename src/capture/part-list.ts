import { latin1FromOctets } from '#protocol/octets.ts';
import { textPreview } from './text-preview.ts';
import { WITHHELD_OCTET } from './wire-event.ts';

/** What a stretch of octets or bits is; the words for it are the page's. */
export type PartName =
  | 'fin'
  | 'rsv1'
  | 'rsv2'
  | 'rsv3'
  | 'opcode'
  | 'mask'
  | 'payload-length'
  | 'extended-payload-length'
  | 'masking-key'
  | 'payload-data'
  | 'close-code'
  | 'close-reason'
  | 'method'
  | 'request-target'
  | 'http-version'
  | 'status-code'
  | 'reason-phrase'
  | 'separator'
  | 'field-name'
  | 'field-separator'
  | 'field-value'
  | 'line-end'
  | 'head-end'
  | 'chunk-size'
  | 'chunk-extension'
  | 'chunk-data'
  | 'event-field'
  | 'event-value'
  | 'event-end'
  | 'preface'
  | 'frame-length'
  | 'frame-type'
  | 'frame-flags'
  | 'stream-identifier'
  | 'hpack-indexed'
  | 'hpack-literal'
  | 'hpack-name'
  | 'hpack-value'
  | 'hpack-table-size'
  | 'field-block-fragment'
  | 'tunnelled'
  | 'pad-length'
  | 'padding'
  | 'stream-dependency'
  | 'weight'
  | 'error-code'
  | 'setting-identifier'
  | 'setting-value'
  | 'promised-stream-identifier'
  | 'opaque-data'
  | 'last-stream-identifier'
  | 'additional-debug-data'
  | 'window-size-increment'
  | 'record-type'
  | 'record-version'
  | 'record-length'
  | 'handshake-type'
  | 'handshake-message'
  | 'fragment'
  | 'body'
  | 'withheld'
  | 'unread';

/** A named stretch of a row's octets. */
export type Part = {
  readonly name: PartName;
  /** From the row's first bit, most significant bit of each octet first. */
  readonly bitOffset: number;
  readonly bitLength: number;
  /** What these bits say, at most 200 characters, each octet one code point unless it is UTF-8. */
  readonly value: string;
  readonly section: string;
};

const MAX_VALUE_LENGTH = 200;

/** Cuts a value for showing, with an ellipsis. */
export function cutValue(value: string): string {
  return value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
}

/** Names octets from front to back. */
export class PartList {
  readonly octets: Uint8Array;
  readonly #parts: Part[] = [];
  #at = 0;

  constructor(octets: Uint8Array) {
    this.octets = octets;
  }

  get list(): readonly Part[] {
    return this.#parts;
  }

  /** Names what lies between the last part and `end`; nothing when nothing does. */
  until(name: PartName, end: number, section: string): void {
    const last = Math.min(end, this.octets.length);
    while (this.#at < last) {
      if (MAY_BE_WITHHELD.has(name)) this.#addRun(name, last, section);
      else this.#add(name, last, section);
    }
  }

  /** Names all that is left. */
  rest(name: PartName, section: string): void {
    this.until(name, this.octets.length, section);
  }

  /** Adds as many octets as are withheld, or as are not. */
  #addRun(name: PartName, last: number, section: string): void {
    const isWithheld = this.octets[this.#at] === WITHHELD_OCTET;
    let end = this.#at + 1;
    while (end < last && (this.octets[end] === WITHHELD_OCTET) === isWithheld) end++;
    this.#add(isWithheld ? 'withheld' : name, end, section);
  }

  #add(name: PartName, end: number, section: string): void {
    const octets = this.octets.subarray(this.#at, end);
    const bitOffset = this.#at * 8;
    this.#at = end;
    const value = valueOf(name, octets);
    this.#parts.push({ name, bitOffset, bitLength: octets.length * 8, value, section });
  }
}

/** Where the server withholds (SECURITY.md); elsewhere the same octet is just content. */
const MAY_BE_WITHHELD: ReadonlySet<PartName> = new Set(['request-target', 'field-value']);

const TEXTS: ReadonlySet<PartName> = new Set(['body', 'chunk-data', 'event-value']);

function valueOf(name: PartName, octets: Uint8Array): string {
  if (name === 'withheld')
    return cutValue('•'.repeat(Math.min(octets.length, MAX_VALUE_LENGTH + 1)));
  const text = TEXTS.has(name) ? textPreview(octets) : undefined;
  return cutValue(text ?? latin1FromOctets(octets.subarray(0, MAX_VALUE_LENGTH + 1)));
}
