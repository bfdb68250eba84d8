import { leadingWhitespace, trimWhitespace } from '#protocol/fields/whitespace.ts';
import { HttpSyntaxError } from './violation.ts';

/**
 * One field line as it stands in a header or trailer section. RFC 9112 §5.
 *
 * Offsets are from the first octet of the head, or of the trailer section.
 */
export type FieldLine = {
  /** As sent; compare it without regard to case. */
  readonly name: string;
  /** Each octet as one code point, without the white space around it; a fold is one space. */
  readonly value: string;
  readonly nameOffset: number;
  readonly valueOffset: number;
  /** Octets of the value on the wire, folds included. */
  readonly valueLength: number;
  readonly lineOffset: number;
  /** With the line's end. */
  readonly lineLength: number;
  /** 2 for CRLF, 1 for a bare LF. */
  readonly lineEndLength: 1 | 2;
};

/** A line without its end, with its place in the text. */
export type Line = {
  readonly text: string;
  readonly offset: number;
  /** With the line's end. */
  readonly length: number;
  readonly lineEndLength: 1 | 2;
};

/** Reads the line that begins at `offset`; `undefined` if its LF is not there. RFC 9112 §2.2. */
export function readLine(text: string, offset: number): Line | undefined {
  const lf = text.indexOf('\n', offset);
  if (lf === -1) return undefined;
  const hasCr = lf > offset && text[lf - 1] === '\r';
  return {
    text: text.slice(offset, hasCr ? lf - 1 : lf),
    offset,
    length: lf + 1 - offset,
    lineEndLength: hasCr ? 2 : 1,
  };
}

/** A header or trailer section, with the empty line that ends it. */
export type FieldSection = { readonly fieldLines: FieldLine[]; readonly end: number };

/**
 * Reads field lines up to the empty line.
 *
 * @returns `undefined` while the empty line has not arrived.
 * @throws HttpSyntaxError for a line without a colon or a fold of nothing.
 */
export function readFieldSection(text: string, offset: number): FieldSection | undefined {
  const fieldLines: FieldLine[] = [];
  for (let at = offset; ;) {
    const line = readLine(text, at);
    if (line === undefined) return undefined;
    at += line.length;
    if (line.text === '') return { fieldLines, end: at };
    if (/^[ \t]/.test(line.text)) {
      const folded = fieldLines.pop();
      if (folded === undefined) throw new HttpSyntaxError('FIELD_LINE_FOLDED_FIRST', line.offset);
      fieldLines.push(unfold(folded, line));
    } else {
      fieldLines.push(readFieldLine(line));
    }
  }
}

function readFieldLine(line: Line): FieldLine {
  const colon = line.text.indexOf(':');
  if (colon === -1) throw new HttpSyntaxError('FIELD_LINE_WITHOUT_COLON', line.offset);
  const raw = line.text.slice(colon + 1);
  const value = trimWhitespace(raw);
  return {
    name: line.text.slice(0, colon),
    value,
    nameOffset: line.offset,
    valueOffset: line.offset + colon + 1 + leadingWhitespace(raw),
    valueLength: value.length,
    lineOffset: line.offset,
    lineLength: line.length,
    lineEndLength: line.lineEndLength,
  };
}

/** RFC 9112 §5.2: a recipient replaces each fold with spaces before it reads the value. */
function unfold(field: FieldLine, line: Line): FieldLine {
  const more = trimWhitespace(line.text);
  const end = line.offset + leadingWhitespace(line.text) + more.length;
  return {
    ...field,
    value: trimWhitespace(`${field.value} ${more}`),
    valueLength: Math.max(end - field.valueOffset, field.valueLength),
    lineLength: line.offset + line.length - field.lineOffset,
    lineEndLength: line.lineEndLength,
  };
}
