import type {
  FieldBlock,
  Representation,
  StringLiteral,
} from '#protocol/hpack/field-block-decoder.ts';
import { STATIC_TABLE } from '#protocol/hpack/static-table.ts';
import {
  flagNames,
  FRAME_HEADER_LENGTH,
  frameTypeName,
  type Frame,
} from '#protocol/http2/frame.ts';
import { payloadFields, type PayloadField } from '#protocol/http2/payload.ts';
import { errorCodeName, settingName } from '#protocol/http2/registries.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import { hexPreview, placed, type NamedOctets } from '#capture/named-octets.ts';
import type { Part } from '#capture/part-list.ts';
import { textPreview } from '#capture/text-preview.ts';

/** What the octets of a frame hold beside themselves. */
export type Within = {
  /** Present when the whole field block stands in this frame. */
  readonly block: FieldBlock | undefined;
  /** Whether its data is another protocol's. RFC 8441 §5. */
  readonly tunnel: boolean;
};

/** Names the octets of the preface. RFC 9113 §3.4. */
export function prefaceParts(octets: Uint8Array): readonly Part[] {
  return placed([['preface', octets.length, latin1FromOctets(octets), 'RFC 9113 §3.4']]);
}

/** Names every octet of a frame: its header, its type's fields, and each header field. RFC 9113 §4.1, §6. */
export function frameParts(frame: Frame, within: Within): readonly Part[] {
  const { length, type, flags, reserved, streamId } = frame;
  const flagWords = flagNames(frame).join(', ') || `none (${flags.toString(16)})`;
  const section = 'RFC 9113 §4.1';
  return placed([
    ['frame-length', 3, String(length), section],
    ['frame-type', 1, frameTypeName(type), typeSection(type)],
    ['frame-flags', 1, flagWords, typeSection(type)],
    [
      'stream-identifier',
      FRAME_HEADER_LENGTH - 5,
      `${streamId}${reserved ? ', reserved bit set' : ''}`,
      'RFC 9113 §5.1.1',
    ],
    ...payloadFields(frame).flatMap((field) => payloadParts(field, frame, within)),
  ]);
}

/** RFC 9113 §6.1 is DATA, §6.2 HEADERS, and so on. */
function typeSection(type: number): string {
  return frameTypeName(type) === 'unknown' ? 'RFC 9113 §5.5' : `RFC 9113 §6.${type + 1}`;
}

function payloadParts(field: PayloadField, frame: Frame, within: Within): NamedOctets[] {
  const { name, octets, value } = field;
  const { length } = octets;
  const section = typeSection(frame.type);
  switch (name) {
    case 'field-block-fragment':
      return within.block === undefined
        ? [[name, length, hexPreview(octets), 'RFC 9113 §4.3']]
        : fieldParts(within.block, length);
    case 'data':
      return within.tunnel
        ? [['tunnelled', length, hexPreview(octets), 'RFC 8441 §5']]
        : [['body', length, textPreview(octets) ?? hexPreview(octets), section]];
    case 'setting-identifier':
      return [[name, length, settingName(value ?? 0), 'RFC 9113 §6.5.2']];
    case 'error-code':
      return [[name, length, errorCodeName(value ?? 0), 'RFC 9113 §7']];
    case 'unknown':
      return [['unread', length, hexPreview(octets), section]];
    default:
      return [[name, length, value === undefined ? hexPreview(octets) : String(value), section]];
  }
}

function fieldParts({ representations, error }: FieldBlock, length: number): NamedOctets[] {
  const parts = representations.flatMap(representationParts);
  if (error === undefined) return parts;
  return [...parts, ['unread', length - error.offset, error.code, 'RFC 9113 §4.3']];
}

const LITERAL_SECTIONS = {
  incremental: 'RFC 7541 §6.2.1',
  without: 'RFC 7541 §6.2.2',
  never: 'RFC 7541 §6.2.3',
} as const;

const LITERAL_WORDS = {
  incremental: 'literal, added to the table',
  without: 'literal, not added to the table',
  never: 'literal, never to be added to a table',
} as const;

function representationParts(one: Representation): NamedOctets[] {
  switch (one.type) {
    case 'indexed': {
      const { name, value } = one.field;
      const text = `${name}: ${value} (${entryWords(one.index)})`;
      return [['hpack-indexed', one.length, text, 'RFC 7541 §6.1']];
    }
    case 'literal': {
      const name = one.nameIndex === 0 ? '' : `; ${one.field.name}: ${entryWords(one.nameIndex)}`;
      const words = `${LITERAL_WORDS[one.indexing]}${name}`;
      return [
        ['hpack-literal', one.prefixLength, words, LITERAL_SECTIONS[one.indexing]],
        ...(one.name === undefined ? [] : [stringPart('hpack-name', one.name)]),
        stringPart('hpack-value', one.value),
      ];
    }
    case 'table-size-update':
      return [['hpack-table-size', one.length, String(one.maxSize), 'RFC 7541 §6.3']];
  }
}

const entryWords = (index: number) =>
  `entry ${index}, ${index <= STATIC_TABLE.length ? 'static' : 'dynamic'} table`;

function stringPart(name: 'hpack-name' | 'hpack-value', literal: StringLiteral): NamedOctets {
  const { text, huffman, codedLength, length } = literal;
  const coding = huffman ? ` (${text.length} in ${codedLength} by Huffman code)` : '';
  return [name, length, `${text}${coding}`, 'RFC 7541 §5.2'];
}
