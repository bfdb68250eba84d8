import { BATCH_HEAD_LENGTH, BATCH_VERSION } from '#capture/wire-batch-head.ts';
import { EVENT_HEADER_LENGTH, JSON_HEADER_LENGTH, Marker } from '#capture/wire-batch.ts';
import type { Direction, NoteEvent, RareEvent } from '#capture/wire-event.ts';

const FIRST_LENGTH = 64 * 1024;
/** What a UTF-16 code unit takes at most in UTF-8. */
const MAX_UTF8_LENGTH = 3;

/**
 * Writes batches, event by event, in memory that it uses again for the next one.
 *
 * Octets and notes are by far the most. They are written from the columns in which they are stored:
 * to make objects of them first would take longer than all the rest.
 */
export class BatchWriter {
  #octets = Buffer.allocUnsafeSlow(FIRST_LENGTH);
  #view = new DataView(this.#octets.buffer);
  #length = BATCH_HEAD_LENGTH;
  #count = 0;
  /** The last note and its text: a flood of messages that are alike has the same data in each note. */
  #noted: { readonly name: string; readonly data: NoteEvent['data']; readonly text: string } = {
    name: '',
    data: {},
    text: '',
  };
  /** The last note is in the batch, and need not be written a second time. */
  #hasNoted = false;

  /** Octets of the batch so far. */
  get length(): number {
    return this.#length;
  }

  /** Begins a batch; forgets one that was not finished. */
  begin(): void {
    this.#length = BATCH_HEAD_LENGTH;
    this.#count = 0;
    this.#hasNoted = false;
  }

  /** Adds an event of octets, which stand from `start` to `end` in others. */
  addOctets(
    seq: number,
    t: number,
    connection: number,
    direction: Direction,
    source: Uint8Array,
    start: number,
    end: number,
  ): void {
    const length = end - start;
    this.#makeRoom(EVENT_HEADER_LENGTH + length);
    this.#octets.set(source.subarray(start, end), this.#length + EVENT_HEADER_LENGTH);
    this.#addHeader(Marker[direction], seq, t, connection, length);
  }

  /** Adds a note; `connection` is 0 for one that is about none. */
  addNote(
    seq: number,
    t: number,
    connection: number,
    vantage: NoteEvent['vantage'],
    name: string,
    data: NoteEvent['data'],
  ): void {
    const isSame = data === this.#noted.data && name === this.#noted.name;
    if (!isSame) this.#noted = { name, data, text: `${name} ${JSON.stringify(data)}` };
    const text = isSame && this.#hasNoted ? '' : this.#noted.text;
    this.#makeRoom(EVENT_HEADER_LENGTH + text.length * MAX_UTF8_LENGTH);
    const length = text === '' ? 0 : this.#octets.write(text, this.#length + EVENT_HEADER_LENGTH);
    this.#addHeader(Marker[vantage], seq, t, connection, length);
    this.#hasNoted = true;
  }

  /** Adds an event of another kind. */
  add(event: RareEvent): void {
    const json = JSON.stringify(event);
    const at = this.#length;
    this.#makeRoom(JSON_HEADER_LENGTH + json.length * MAX_UTF8_LENGTH);
    const length = this.#octets.write(json, at + JSON_HEADER_LENGTH);
    this.#view.setUint8(at, Marker.json);
    this.#view.setUint32(at + 1, length);
    this.#length = at + JSON_HEADER_LENGTH + length;
    this.#count += 1;
  }

  /** Returns the batch, in memory of its own. */
  finish(now: number): Uint8Array<ArrayBuffer> {
    this.#view.setUint8(0, BATCH_VERSION);
    this.#view.setFloat64(1, now);
    this.#view.setUint32(9, this.#count);
    return new Uint8Array(this.#octets.subarray(0, this.#length));
  }

  #addHeader(marker: number, seq: number, t: number, connection: number, length: number): void {
    const at = this.#length;
    const view = this.#view;
    view.setUint8(at, marker);
    view.setFloat64(at + 1, seq);
    view.setFloat64(at + 9, t);
    view.setUint32(at + 17, connection);
    view.setUint32(at + 21, length);
    this.#length = at + EVENT_HEADER_LENGTH + length;
    this.#count += 1;
  }

  #makeRoom(length: number): void {
    const needed = this.#length + length;
    if (needed <= this.#octets.length) return;
    const octets = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#octets.length));
    octets.set(this.#octets);
    this.#octets = octets;
    this.#view = new DataView(octets.buffer);
  }
}
