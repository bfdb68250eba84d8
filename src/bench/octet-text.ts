import type { Part } from '#capture/part-list.ts';
import type { Row } from '#capture/row.ts';
import { visibleText } from './visible-text.ts';

export type OctetForm = 'hex' | 'text';

/** One part as text, and what is written after it and belongs to no part. */
export type PartText = { readonly index: number; readonly text: string; readonly after: string };

/** The colour of a part, by what it is for. */
export function partTone(
  name: Part['name'],
): 'http' | 'ws' | 'control' | 'cache' | 'fault' | 'dim' {
  switch (name) {
    case 'masking-key':
    case 'mask':
    case 'field-name':
    case 'event-field':
    case 'hpack-name':
    case 'hpack-literal':
    case 'setting-identifier':
      return 'control';
    case 'payload-data':
    case 'body':
    case 'chunk-data':
    case 'event-value':
    case 'opcode':
    case 'status-code':
    case 'frame-type':
    case 'tunnelled':
      return 'ws';
    case 'fin':
    case 'method':
    case 'close-code':
    case 'chunk-size':
    case 'frame-length':
    case 'hpack-indexed':
      return 'cache';
    case 'payload-length':
    case 'extended-payload-length':
    case 'request-target':
    case 'field-value':
    case 'close-reason':
    case 'hpack-value':
    case 'setting-value':
    case 'preface':
      return 'http';
    case 'unread':
      return 'fault';
    default:
      return 'dim';
  }
}

/** Writes the whole-octet parts of a row within the first `limit` octets. */
export function octetTexts(
  row: Row,
  parts: readonly Part[],
  limit: number,
  form: OctetForm,
): readonly PartText[] {
  const octets = row.octets ?? new Uint8Array();
  return parts.flatMap(({ name, bitOffset, bitLength }, index) => {
    if (bitLength % 8 !== 0 || bitOffset % 8 !== 0 || bitOffset / 8 >= limit || bitLength === 0) {
      return [];
    }
    const end = Math.min(limit, (bitOffset + bitLength) / 8);
    const own = octets.subarray(bitOffset / 8, end);
    const text = form === 'hex' ? hex(own) : readable(name, own);
    return [{ index, text, after: form === 'hex' ? ' ' : isLineEnd(name) ? '\n' : '' }];
  });
}

const hex = (octets: Uint8Array) =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ');

const isLineEnd = (name: Part['name']) =>
  name === 'line-end' || name === 'head-end' || name === 'event-end';

function readable(name: Part['name'], octets: Uint8Array): string {
  if (isLineEnd(name)) return octets.length === 2 ? ' CR LF' : ' LF';
  if (name === 'withheld') return '•'.repeat(octets.length);
  // Line ends within a body stay line ends; others are shown as what they are.
  const lines = new TextDecoder().decode(octets);
  return name === 'body' || name === 'chunk-data'
    ? lines.split('\n').map(visibleText).join('\n')
    : visibleText(lines);
}
