import { concatOctets } from '#protocol/octets.ts';

/** An option of a pcapng block. draft-ietf-opsawg-pcapng §3.5. */
export type BlockOption = { readonly code: number; readonly value: Uint8Array };

export const OptionCode = {
  comment: 1,
  /** Of the section header: what wrote the file. */
  userApplication: 4,
  /** Of an interface: how fine its times are. */
  timeResolution: 9,
} as const;

const BlockType = { sectionHeader: 0x0a0d0d0a, interface: 1, enhancedPacket: 6 } as const;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Packets that begin with an IP header, no link below. */
const LINKTYPE_RAW = 101;

/** An option whose value is UTF-8. */
export function textOption(code: number, text: string): BlockOption {
  return { code, value: new TextEncoder().encode(text) };
}

/** Writes the block that begins a section, little-endian, of a length not told. §4.1. */
export function sectionHeaderBlock(options: readonly BlockOption[]): Uint8Array {
  const body = new DataView(new ArrayBuffer(16));
  body.setUint32(0, BYTE_ORDER_MAGIC, true);
  body.setUint16(4, 1, true);
  body.setBigInt64(8, -1n, true);
  return block(BlockType.sectionHeader, [new Uint8Array(body.buffer), ...encodeOptions(options)]);
}

/** Writes the block of an interface of raw IP packets with times in nanoseconds. §4.2. */
export function interfaceBlock(): Uint8Array {
  const body = new DataView(new ArrayBuffer(8));
  body.setUint16(0, LINKTYPE_RAW, true);
  const nanoseconds = { code: OptionCode.timeResolution, value: Uint8Array.of(9) };
  return block(BlockType.interface, [new Uint8Array(body.buffer), ...encodeOptions([nanoseconds])]);
}

/** Writes the block of one packet. §4.3. */
export function packetBlock(
  /** Since 1970, in nanoseconds. */
  timestamp: bigint,
  packet: Uint8Array,
  options: readonly BlockOption[],
): Uint8Array {
  const body = new DataView(new ArrayBuffer(20));
  body.setUint32(4, Number(timestamp >> 32n), true);
  body.setUint32(8, Number(timestamp & 0xffffffffn), true);
  body.setUint32(12, packet.length, true);
  body.setUint32(16, packet.length, true);
  return block(BlockType.enhancedPacket, [
    new Uint8Array(body.buffer),
    packet,
    padding(packet.length),
    ...encodeOptions(options),
  ]);
}

/** The length stands at both ends, so that a file can be read backwards. §3.1. */
function block(type: number, body: readonly Uint8Array[]): Uint8Array {
  const length = body.reduce((sum, piece) => sum + piece.length, 12);
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, type, true);
  head.setUint32(4, length, true);
  const tail = new DataView(new ArrayBuffer(4));
  tail.setUint32(0, length, true);
  return concatOctets([new Uint8Array(head.buffer), ...body, new Uint8Array(tail.buffer)]);
}

function encodeOptions(options: readonly BlockOption[]): Uint8Array[] {
  if (options.length === 0) return [];
  const pieces = options.flatMap(({ code, value }) => [
    optionHead(code, value.length),
    value,
    padding(value.length),
  ]);
  return [...pieces, optionHead(0, 0)];
}

function optionHead(code: number, length: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint16(0, code, true);
  head.setUint16(2, length, true);
  return new Uint8Array(head.buffer);
}

/** Everything begins at a multiple of 4 octets. */
function padding(length: number): Uint8Array {
  return new Uint8Array(-length & 3);
}
