import { OctetBuffer } from '#protocol/octet-buffer.ts';
import { sameOctets } from '#protocol/octets.ts';
import { decodeFrame, decodeFrameHeader, FRAME_HEADER_LENGTH, type Frame } from './frame.ts';
import { CONNECTION_PREFACE } from './preface.ts';

/** What one direction of an HTTP/2 connection consists of, with its place there. */
export type FrameElement = {
  /** From the first octet of the direction. */
  readonly offset: number;
  /** A view: true as long as the pushed octets are not overwritten. */
  readonly octets: Uint8Array;
} & (
  | { readonly type: 'preface' }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** Octets from which on no frame can be read. */
  | {
      readonly type: 'unread';
      readonly code: 'PREFACE_INVALID' | 'FRAME_LENGTH_ABOVE_BOUND' | 'FRAME_INCOMPLETE';
    }
);

/** No endpoint of ours allows more than the 16,384 that all must take (RFC 9113 §4.2). */
const MAX_LENGTH = 1024 * 1024;

/** Reads the frames of one direction. RFC 9113 §4. */
export class FrameReader {
  readonly #buffer = new OctetBuffer();
  readonly #maxLength: number;
  #offset = 0;
  #expectsPreface: boolean;
  #isLost = false;

  /** @param maxLength of a payload, above which nothing is read any more, nor room made for it. */
  constructor({ sentBy, maxLength = MAX_LENGTH }: FrameReaderOptions) {
    this.#expectsPreface = sentBy === 'client';
    this.#maxLength = maxLength;
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
    const { length } = this.#buffer;
    return length === 0
      ? []
      : [{ type: 'unread', code: 'FRAME_INCOMPLETE', ...this.#take(length) }];
  }

  #next(): FrameElement | undefined {
    if (this.#isLost) return this.#unread('FRAME_LENGTH_ABOVE_BOUND');
    if (this.#expectsPreface) return this.#preface();
    const header = decodeFrameHeader(this.#buffer.octets);
    if (header === undefined) return undefined;
    if (header.length > this.#maxLength) return this.#unread('FRAME_LENGTH_ABOVE_BOUND');
    const length = FRAME_HEADER_LENGTH + header.length;
    if (this.#buffer.length < length) {
      this.#buffer.reserve(length);
      return undefined;
    }
    const decoded = decodeFrame(this.#buffer.octets);
    return decoded && { type: 'frame', frame: decoded.frame, ...this.#take(length) };
  }

  #preface(): FrameElement | undefined {
    const { octets, length } = this.#buffer;
    if (length < CONNECTION_PREFACE.length) return undefined;
    if (!sameOctets(octets.subarray(0, CONNECTION_PREFACE.length), CONNECTION_PREFACE)) {
      return this.#unread('PREFACE_INVALID');
    }
    this.#expectsPreface = false;
    return { type: 'preface', ...this.#take(CONNECTION_PREFACE.length) };
  }

  #unread(code: 'PREFACE_INVALID' | 'FRAME_LENGTH_ABOVE_BOUND'): FrameElement | undefined {
    this.#isLost = true;
    const { length } = this.#buffer;
    return length === 0 ? undefined : { type: 'unread', code, ...this.#take(length) };
  }

  #take(length: number): { offset: number; octets: Uint8Array } {
    const offset = this.#offset;
    this.#offset += length;
    return { offset, octets: this.#buffer.take(length) };
  }
}

type FrameReaderOptions = {
  /** Only a client's direction begins with the preface. */
  readonly sentBy: 'client' | 'server';
  readonly maxLength?: number;
};
