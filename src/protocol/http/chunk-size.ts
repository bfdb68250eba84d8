import { readLine } from './field-lines.ts';
import { HttpSyntaxError, httpViolations, type HttpViolation } from './violation.ts';

/** A chunk's first line. RFC 9112 §7.1. */
export type ChunkSizeLine = {
  readonly size: number;
  /** Digits of the size, leading zeros included. */
  readonly digitsLength: number;
  /** From the semicolon on, as sent; empty when there is none. RFC 9112 §7.1.1. */
  readonly extension: string;
  readonly lineLength: number;
  readonly lineEndLength: 1 | 2;
  /** What other readers may take otherwise. */
  readonly violations: readonly HttpViolation[];
};

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const QUOTED_STRING = '"(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*"';
const EXTENSION = new RegExp(
  `^(?:[ \\t]*;[ \\t]*${TOKEN}(?:[ \\t]*=[ \\t]*(?:${TOKEN}|${QUOTED_STRING}))?)*$`,
);

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
  const [, digits, space = '', extension = ''] =
    /^([0-9a-f]+)([ \t]*)(;.*)?$/is.exec(line.text) ?? [];
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
    violations: httpViolations({
      BARE_LF: line.lineEndLength === 1,
      // RFC 9112 §7.1.1 has it before a semicolon only.
      CHUNK_SIZE_WITH_WHITESPACE: space !== '' && extension === '',
      CHUNK_EXTENSION_MALFORMED: !EXTENSION.test(extension),
    }),
  };
}
