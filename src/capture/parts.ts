import { readFieldSection, type FieldLine } from '#protocol/http/field-lines.ts';
import { readChunkSizeLine } from '#protocol/http/chunk-size.ts';
import type { HttpHead } from '#protocol/http/head.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import { frameParts } from './frame-parts.ts';
import { PartList, type Part } from './part-list.ts';
import type { Row } from './row.ts';

export type { Part, PartName } from './part-list.ts';

/**
 * Names every octet of a row: parts in order, from the first bit to the last, without a gap.
 *
 * Values that were withheld become parts of their own, named `withheld`.
 */
export function partsOf(row: Row): readonly Part[] {
  const { octets, detail, kind } = row;
  if (octets === undefined) return [];
  if (detail?.type === 'frame') return frameParts(detail.frame);
  if (detail?.type === 'binary') return detail.parts();
  const parts = new PartList(octets);
  if (detail?.type === 'head') addHead(parts, detail.head);
  else if (kind === 'http.chunk') addChunk(parts);
  else if (kind === 'sse.event') addEvent(parts);
  else if (kind === 'http.req.body' || kind === 'http.res.body') parts.rest('body', 'RFC 9112 §6');
  parts.rest('unread', 'RFC 9112 §2.2');
  return parts.list;
}

function addHead(parts: PartList, head: HttpHead): void {
  if (head.type === 'request') {
    const section = 'RFC 9112 §3';
    parts.until('method', head.requestTargetOffset - 1, 'RFC 9110 §9');
    parts.until('separator', head.requestTargetOffset, section);
    parts.until('request-target', head.httpVersionOffset - 1, 'RFC 9112 §3.2');
    parts.until('separator', head.httpVersionOffset, section);
    parts.until('http-version', head.startLineLength - head.startLineEndLength, 'RFC 9112 §2.3');
  } else {
    const section = 'RFC 9112 §4';
    parts.until('http-version', head.statusCodeOffset - 1, 'RFC 9112 §2.3');
    parts.until('separator', head.statusCodeOffset, section);
    parts.until('status-code', head.statusCodeOffset + 3, 'RFC 9110 §15');
    parts.until('separator', head.reasonPhraseOffset, section);
    parts.until('reason-phrase', head.startLineLength - head.startLineEndLength, section);
  }
  parts.until('line-end', head.startLineLength, 'RFC 9112 §2.2');
  addFieldLines(parts, 0, head.fieldLines);
  parts.until('head-end', head.length, 'RFC 9112 §2.1');
}

/** @param start offset in the row from which the lines' offsets are counted. */
function addFieldLines(parts: PartList, start: number, fieldLines: readonly FieldLine[]): void {
  for (const line of fieldLines) {
    const lineEnd = start + line.lineOffset + line.lineLength;
    parts.until('field-name', start + line.nameOffset + line.name.length, 'RFC 9110 §5.1');
    parts.until('field-separator', start + line.valueOffset, 'RFC 9112 §5');
    parts.until('field-value', start + line.valueOffset + line.valueLength, 'RFC 9110 §5.5');
    parts.until('field-separator', lineEnd - line.lineEndLength, 'RFC 9112 §5');
    parts.until('line-end', lineEnd, 'RFC 9112 §2.2');
  }
}

function addChunk(parts: PartList): void {
  const { octets } = parts;
  const line = readChunkSizeLine(latin1FromOctets(octets.subarray(0, octets.indexOf(0x0a) + 1)));
  if (line === undefined) return;
  const { size, digitsLength, lineLength, lineEndLength } = line;
  parts.until('chunk-size', digitsLength, 'RFC 9112 §7.1');
  parts.until('chunk-extension', lineLength - lineEndLength, 'RFC 9112 §7.1.1');
  parts.until('line-end', lineLength, 'RFC 9112 §7.1');
  parts.until('chunk-data', Math.min(lineLength + size, octets.length), 'RFC 9112 §7.1');
  if (size > 0) {
    parts.rest('line-end', 'RFC 9112 §7.1');
    return;
  }
  const trailer = readFieldSection(latin1FromOctets(octets.subarray(lineLength)), 0);
  addFieldLines(parts, lineLength, trailer?.fieldLines ?? []);
  parts.rest('head-end', 'RFC 9112 §7.1.2');
}

function addEvent(parts: PartList): void {
  const section = 'WHATWG HTML §9.2.6';
  const { octets } = parts;
  let at = 0;
  for (const { text, end } of eventLines(latin1FromOctets(octets))) {
    const colon = text.indexOf(':');
    const nameEnd = at + (colon === -1 ? text.length : colon);
    if (text !== '') {
      parts.until('event-field', nameEnd, section);
      const hasSpace = colon !== -1 && text[colon + 1] === ' ';
      parts.until('field-separator', nameEnd + (colon === -1 ? 0 : hasSpace ? 2 : 1), section);
      parts.until('event-value', at + text.length, section);
    }
    parts.until(text === '' ? 'event-end' : 'line-end', end, section);
    at = end;
  }
}

/** WHATWG HTML §9.2.5: a line ends with CRLF, LF or CR. */
function eventLines(text: string): { readonly text: string; readonly end: number }[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r)/g)].map((match) => ({
    text: match[1] ?? '',
    end: match.index + match[0].length,
  }));
}
