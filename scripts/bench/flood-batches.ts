import { encodeBatch } from '#capture/wire-batch.ts';

const PAYLOAD_LENGTH = 64;
const DIGITS = 9;
const WORD = 'frame ';
/** Of an event of octets, where its number, its time and its octets stand. */
const SEQ_AT = 1;
const TIME_AT = 9;
const OCTETS_AT = 25;
const HEAD_LENGTH = 13;

/** What the frame of an event says, and no other. */
export const floodWords = (seq: number): string => WORD + String(seq).padStart(DIGITS, '0');

/** Batches of the wire channel with a text frame in each event, made as fast as octets are copied. */
export class FloodBatches {
  readonly #event: Buffer;
  #seq: number;

  /** @param seq of the last event before them */
  constructor(seq: number) {
    this.#seq = seq;
    const frame = Buffer.alloc(2 + PAYLOAD_LENGTH, WORD);
    frame[0] = 0x81;
    frame[1] = PAYLOAD_LENGTH;
    const event = { kind: 'octets', seq: 0, t: 0, connection: 1, direction: 'down' } as const;
    this.#event = Buffer.from(encodeBatch(0, [{ ...event, octets: frame }]).subarray(HEAD_LENGTH));
  }

  /** So many frames, a hundredth of a millisecond apart. */
  next(count: number): Buffer {
    const { length } = this.#event;
    const batch = Buffer.allocUnsafe(HEAD_LENGTH + count * length);
    for (let index = 0, at = HEAD_LENGTH; index < count; index += 1, at += length) {
      this.#event.copy(batch, at);
      this.#seq += 1;
      batch.writeDoubleBE(this.#seq, at + SEQ_AT);
      batch.writeDoubleBE(this.#seq / 100, at + TIME_AT);
      batch.write(floodWords(this.#seq), at + OCTETS_AT + 2, 'latin1');
    }
    batch.writeUInt8(1, 0);
    batch.writeDoubleBE(this.#seq / 100, 1);
    batch.writeUInt32BE(count, 9);
    return batch;
  }
}
