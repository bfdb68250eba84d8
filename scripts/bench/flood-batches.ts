import { BatchWriter } from '#demo-server/runs/batch-writer.ts';

const PAYLOAD_LENGTH = 64;
const DIGITS = 9;
const WORD = 'frame ';
const FRAME_HEADER_LENGTH = 2;

/** What the frame of an event says, and no other. */
export const floodWords = (seq: number): string => WORD + String(seq).padStart(DIGITS, '0');

/** Batches of the wire channel with a text frame in each event, written as the server writes its own. */
export class FloodBatches {
  readonly #writer = new BatchWriter();
  readonly #frame = Buffer.alloc(FRAME_HEADER_LENGTH + PAYLOAD_LENGTH, WORD);
  #seq: number;

  /** @param seq of the last event before them */
  constructor(seq: number) {
    this.#seq = seq;
    this.#frame[0] = 0x81;
    this.#frame[1] = PAYLOAD_LENGTH;
  }

  /** So many frames, a hundredth of a millisecond apart. */
  next(count: number): Uint8Array {
    const frame = this.#frame;
    this.#writer.begin();
    for (let index = 0; index < count; index += 1) {
      this.#seq += 1;
      frame.write(floodWords(this.#seq), FRAME_HEADER_LENGTH, 'latin1');
      this.#writer.addOctets(this.#seq, this.#seq / 100, 1, 'down', frame, 0, frame.length);
    }
    return this.#writer.finish(this.#seq / 100);
  }
}
