import { latin1FromOctets } from '#protocol/octets.ts';
import { DynamicTable, sizeOf } from './dynamic-table.ts';
import { decodeHuffman } from './huffman.ts';
import { decodeInteger } from './integer.ts';
import { STATIC_TABLE, type HeaderField } from './static-table.ts';

/** A stretch of a field block. */
export type Span = { readonly offset: number; readonly length: number };

/** A string as it stands in a block, its length in front. RFC 7541 §5.2. */
export type StringLiteral = Span & {
  readonly huffman: boolean;
  /** Each octet as the code point of the same number. */
  readonly text: string;
  /** In octets, without what says it. */
  readonly codedLength: number;
};

/** How a literal says whether it may be remembered. RFC 7541 §6.2. */
export type Indexing = 'incremental' | 'without' | 'never';

/** One instruction of a field block, with the octets that it takes. RFC 7541 §6. */
export type Representation = Span &
  (
    | { readonly type: 'indexed'; readonly index: number; readonly field: HeaderField }
    | {
        readonly type: 'literal';
        readonly indexing: Indexing;
        /** Entry that the name is of; 0: the name is a literal too. */
        readonly nameIndex: number;
        /** Octets before the strings: kind of literal, and the name's index. */
        readonly prefixLength: number;
        readonly name?: StringLiteral;
        readonly value: StringLiteral;
        readonly field: HeaderField;
      }
    | { readonly type: 'table-size-update'; readonly maxSize: number }
  );

/** Stable code of what keeps a block from being decoded; the connection ends with it (RFC 9113 §4.3). */
export type FieldBlockErrorCode =
  | 'INDEX_OUT_OF_RANGE'
  | 'INTEGER_INVALID'
  | 'STRING_TOO_LONG'
  | 'HUFFMAN_INVALID'
  | 'TABLE_SIZE_ABOVE_BOUND'
  | 'FIELDS_TOO_LONG'
  | 'BLOCK_BEFORE_BROKEN';

/** A field block, decoded as far as possible. */
export type FieldBlock = {
  /** In order and without a gap, up to the error if there is one. */
  readonly representations: readonly Representation[];
  readonly error?: { readonly code: FieldBlockErrorCode; readonly offset: number };
};

const DEFAULT_TABLE_SIZE = 4096;
const MAX_TABLE_SIZE = 65_536;
/** Of one block's fields, as RFC 9113 §6.5.2 counts them: an index is an octet and may mean many. */
const MAX_FIELDS_SIZE = 1024 * 1024;

class FieldBlockError extends Error {
  readonly code: FieldBlockErrorCode;

  constructor(code: FieldBlockErrorCode) {
    super(code);
    this.code = code;
  }
}

/**
 * Decodes the field blocks of one direction of a connection, in order. RFC 7541.
 *
 * A block can be read only by who has read all before it: after one that is broken, none is.
 */
export class FieldBlockDecoder {
  readonly #table = new DynamicTable(DEFAULT_TABLE_SIZE);
  readonly #maxTableSize: number;
  #isBroken = false;

  /** @param maxTableSize that a block may ask for. */
  constructor({ maxTableSize = MAX_TABLE_SIZE } = {}) {
    this.#maxTableSize = maxTableSize;
  }

  /** Fields that the block added are known to the next ones. */
  decode(block: Uint8Array): FieldBlock {
    const representations: Representation[] = [];
    let offset = 0;
    let size = 0;
    try {
      if (this.#isBroken) throw new FieldBlockError('BLOCK_BEFORE_BROKEN');
      while (offset < block.length) {
        const representation = this.#representation(block, offset);
        size += representation.type === 'table-size-update' ? 0 : sizeOf(representation.field);
        if (size > MAX_FIELDS_SIZE) throw new FieldBlockError('FIELDS_TOO_LONG');
        representations.push(representation);
        offset += representation.length;
      }
    } catch (error) {
      if (!(error instanceof FieldBlockError)) throw error;
      this.#isBroken = true;
      return { representations, error: { code: error.code, offset } };
    }
    return { representations };
  }

  /** RFC 7541 §6: the first bits tell the kinds apart. */
  #representation(block: Uint8Array, offset: number): Representation {
    const first = block[offset] ?? 0;
    if (first >= 0x80) return this.#indexed(block, offset);
    if (first >= 0x40) return this.#literal(block, offset, 'incremental', 6);
    if (first >= 0x20) return this.#tableSizeUpdate(block, offset);
    return this.#literal(block, offset, first >= 0x10 ? 'never' : 'without', 4);
  }

  #indexed(block: Uint8Array, offset: number): Representation {
    const { value: index, octetsRead: length } = integer(block, offset, 7);
    return { type: 'indexed', offset, length, index, field: this.#entry(index) };
  }

  #literal(
    block: Uint8Array,
    offset: number,
    indexing: Indexing,
    prefixBits: number,
  ): Representation {
    const { value: nameIndex, octetsRead: prefixLength } = integer(block, offset, prefixBits);
    let at = offset + prefixLength;
    const name = nameIndex === 0 ? stringLiteral(block, at) : undefined;
    at += name?.length ?? 0;
    const value = stringLiteral(block, at);
    const fieldName = name?.text ?? this.#entry(nameIndex).name;
    const field = { name: fieldName, value: value.text };
    if (indexing === 'incremental') this.#table.add(field);
    const length = at + value.length - offset;
    const literal = { indexing, nameIndex, prefixLength, value, field, ...(name && { name }) };
    return { type: 'literal', offset, length, ...literal };
  }

  #tableSizeUpdate(block: Uint8Array, offset: number): Representation {
    const { value: maxSize, octetsRead: length } = integer(block, offset, 5);
    if (maxSize > this.#maxTableSize) throw new FieldBlockError('TABLE_SIZE_ABOVE_BOUND');
    this.#table.resize(maxSize);
    return { type: 'table-size-update', offset, length, maxSize };
  }

  /** RFC 7541 §2.3.3: one space of indices, the static table first. */
  #entry(index: number): HeaderField {
    const field =
      index <= STATIC_TABLE.length
        ? STATIC_TABLE[index - 1]
        : this.#table.entry(index - STATIC_TABLE.length - 1);
    if (field === undefined) throw new FieldBlockError('INDEX_OUT_OF_RANGE');
    return field;
  }
}

function integer(block: Uint8Array, offset: number, prefixLength: number) {
  const decoded = decodeInteger(block, offset, prefixLength);
  if (decoded === undefined) throw new FieldBlockError('INTEGER_INVALID');
  return decoded;
}

function stringLiteral(block: Uint8Array, offset: number): StringLiteral {
  const { value: codedLength, octetsRead } = integer(block, offset, 7);
  const start = offset + octetsRead;
  if (start + codedLength > block.length) throw new FieldBlockError('STRING_TOO_LONG');
  const coded = block.subarray(start, start + codedLength);
  const huffman = (block[offset] ?? 0) >= 0x80;
  const decoded = huffman ? decodeHuffman(coded) : coded;
  if (decoded === undefined) throw new FieldBlockError('HUFFMAN_INVALID');
  const length = octetsRead + codedLength;
  return { offset, length, huffman, codedLength, text: latin1FromOctets(decoded) };
}
