import { OctetBuffer } from '#protocol/octet-buffer.ts';

/** An event that a page would see. WHATWG HTML §9.2.6. */
export type EventStreamEvent = {
  /** `message` unless the stream names another. */
  readonly type: string;
  readonly data: string;
  /** Stays from event to event until the stream sets another. */
  readonly lastEventId: string;
  /** From the stream's first octet. */
  readonly offset: number;
  /**
   * The event's lines with the empty line that ends it, and comments among them. When CR and LF of
   * that empty line arrive apart, the LF is in no event.
   */
  readonly octets: Uint8Array;
};

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Reads an event stream as it arrives. WHATWG HTML §9.2.5 and §9.2.6.
 *
 * An event is returned with the octet that ends it: a page sees it then too, and an event that its
 * stream does not end is never seen.
 */
export class EventStreamParser {
  readonly #buffer = new OctetBuffer();
  /** The ends of lines are ASCII, so lines can be decoded one by one. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Of the buffer's first octet. */
  #offset = 0;
  #lineStart = 0;
  #scanned = 0;
  #afterCr = false;
  #isFirstLine = true;
  #data: string[] = [];
  #type = '';
  #idBuffer = '';
  #lastEventId = '';
  #reconnectionTimeMs: number | undefined;

  /** What a page sends as `Last-Event-ID` when it connects anew. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  /** What the stream last asked for with `retry`; `undefined` if it never did. */
  get reconnectionTimeMs(): number | undefined {
    return this.#reconnectionTimeMs;
  }

  /** Adopts octets (the caller must not write to them afterwards) and returns what they complete. */
  push(octets: Uint8Array): EventStreamEvent[] {
    this.#buffer.push(octets);
    const events: EventStreamEvent[] = [];
    for (let line = this.#readLine(); line !== undefined; line = this.#readLine()) {
      if (line.length === 0) {
        const event = this.#dispatch();
        if (event !== undefined) events.push(event);
      } else {
        this.#readField(this.#decoder.decode(line));
      }
    }
    return events;
  }

  #readLine(): Uint8Array | undefined {
    this.#skipLfAfterCr();
    const { octets } = this.#buffer;
    let end = this.#scanned;
    while (end < octets.length && octets[end] !== LF && octets[end] !== CR) end++;
    this.#scanned = end;
    if (end === octets.length) return undefined;
    const line = octets.subarray(this.#lineStart, end);
    this.#afterCr = octets[end] === CR;
    this.#scanned = this.#lineStart = end + 1;
    if (this.#afterCr && this.#scanned < octets.length) this.#skipLfAfterCr();
    return this.#withoutByteOrderMark(line);
  }

  #skipLfAfterCr(): void {
    const next = this.#buffer.octets[this.#scanned];
    if (!this.#afterCr || next === undefined) return;
    this.#afterCr = false;
    if (next !== LF) return;
    if (this.#scanned === 0) this.#take(1);
    else this.#scanned = this.#lineStart = this.#scanned + 1;
  }

  #withoutByteOrderMark(line: Uint8Array): Uint8Array {
    const isFirst = this.#isFirstLine;
    this.#isFirstLine = false;
    const hasMark = isFirst && BYTE_ORDER_MARK.every((octet, index) => line[index] === octet);
    return hasMark ? line.subarray(BYTE_ORDER_MARK.length) : line;
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    // A line that begins with a colon is a comment.
    if (colon === 0) return;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.#idBuffer = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.#reconnectionTimeMs = Number(value);
  }

  #dispatch(): EventStreamEvent | undefined {
    const offset = this.#offset;
    const octets = this.#take(this.#scanned);
    this.#lastEventId = this.#idBuffer;
    const [data, type] = [this.#data, this.#type || 'message'];
    this.#data = [];
    this.#type = '';
    if (data.length === 0) return undefined;
    return { type, data: data.join('\n'), lastEventId: this.#lastEventId, offset, octets };
  }

  #take(length: number): Uint8Array {
    this.#offset += length;
    this.#scanned = this.#lineStart = 0;
    return this.#buffer.take(length);
  }
}
