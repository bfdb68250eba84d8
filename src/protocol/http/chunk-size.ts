import { readLine } from './field-lines.ts';
import { HttpSyntaxError } from './violation.ts';

/** A chunk's first line. RFC 9112 §7.1. */
export type ChunkSizeLine = {
  readonly size: number;
  /** Digits of the size, leading zeros included. */
  readonly digitsLength: number;
  /** From the semicolon on, as sent; empty when there is none. RFC 9112 §7.1.1. */
  readonly extension: string;
  readonly lineLength: number;
  readonly lineEndLength: 1 | 2;
};

/** No browser or server sends more; beyond lies 2⁵³, where sizes are no longer exact. */
const MAX_DIGITS = 13;

/**
 * Reads a chunk's first line.
 *
 * @returns `undefined` while the line's end has not arrived.
 * @throws HttpSyntaxError when it does not begin with a size.
 */
export function readChunkSizeLine(text: string): ChunkSizeLine | undefined {
  const line = readLine(text, 0);
  if (line === undefined) return undefined;
  const [, digits, extension = ''] = /^([0-9a-f]+)[ \t]*(;.*)?$/is.exec(line.text) ?? [];
  if (digits === undefined) throw new HttpSyntaxError('CHUNK_SIZE_MALFORMED', 0);
  if (digits.replace(/^0+/, '').length > MAX_DIGITS) {
    throw new HttpSyntaxError('CHUNK_SIZE_TOO_LARGE', 0);
  }
  return {
    size: Number.parseInt(digits, 16),
    digitsLength: digits.length,
    extension,
    lineLength: line.length,
    lineEndLength: line.lineEndLength,
  };
}
