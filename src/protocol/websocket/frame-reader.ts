import { OctetBuffer } from '#protocol/octet-buffer.ts';
import { decodeFrame, decodeFrameHeader, type Frame, type FrameHeader } from './frame.ts';

/** A frame, or octets from which on no frame can be read, with their place in the direction. */
export type FrameElement = {
  /** From the first octet after the opening handshake. */
  readonly offset: number;
  /** A view: true as long as the pushed octets are not overwritten. */
  readonly octets: Uint8Array;
} & (
  | { readonly type: 'frame'; readonly frame: Frame }
  | {
      readonly type: 'unread';
      readonly code: 'PAYLOAD_LENGTH_ABOVE_BOUND' | 'FRAME_INCOMPLETE';
      /** Of the frame that is not read, when its header stands at the front of the octets. */
      readonly header?: FrameHeader;
    }
);

const MAX_PAYLOAD_LENGTH = 16 * 1024 * 1024;

/** Reads the frames of one direction. RFC 6455 §5. */
export class FrameReader {
  readonly #buffer = new OctetBuffer();
  readonly #maxPayloadLength: number;
  #offset = 0;
  #isLost = false;

  /** @param maxPayloadLength from which on nothing is read any more, nor room made for it. */
  constructor({ maxPayloadLength = MAX_PAYLOAD_LENGTH } = {}) {
    this.#maxPayloadLength = maxPayloadLength;
  }

  /** Whether the next octets begin a frame: nothing waits to be completed, and nothing was lost. */
  get isBetweenFrames(): boolean {
    return this.#buffer.length === 0 && !this.#isLost;
  }

  /** Adopts octets (the caller must not write to them afterwards) and returns what they complete. */
  push(octets: Uint8Array): FrameElement[] {
    this.#buffer.push(octets);
    const elements: FrameElement[] = [];
    for (let element = this.#next(); element !== undefined; element = this.#next()) {
      elements.push(element);
    }
    return elements;
  }

  /** Says that this direction sends no more. */
  end(): FrameElement[] {
    if (this.#buffer.length === 0) return [];
    const header = decodeFrameHeader(this.#buffer.octets);
    const span = this.#take(this.#buffer.length);
    return [{ type: 'unread', code: 'FRAME_INCOMPLETE', ...(header && { header }), ...span }];
  }

  #next(): FrameElement | undefined {
    if (this.#isLost) return this.#unread();
    const header = decodeFrameHeader(this.#buffer.octets);
    if (header === undefined) return undefined;
    if (header.payloadLength > this.#maxPayloadLength) {
      this.#isLost = true;
      return this.#unread(header);
    }
    const length = header.headerLength + header.payloadLength;
    if (this.#buffer.length < length) {
      this.#buffer.reserve(length);
      return undefined;
    }
    const decoded = decodeFrame(this.#buffer.octets);
    return decoded && { type: 'frame', frame: decoded.frame, ...this.#take(length) };
  }

  #unread(header?: FrameHeader): FrameElement | undefined {
    if (this.#buffer.length === 0) return undefined;
    const span = this.#take(this.#buffer.length);
    return {
      type: 'unread',
      code: 'PAYLOAD_LENGTH_ABOVE_BOUND',
      ...(header && { header }),
      ...span,
    };
  }

  #take(length: number): { offset: number; octets: Uint8Array } {
    const offset = this.#offset;
    this.#offset += length;
    return { offset, octets: this.#buffer.take(length) };
  }
}
