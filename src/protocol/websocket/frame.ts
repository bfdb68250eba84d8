import { applyMask } from './masking.ts';

/** What comes before a frame's payload. RFC 6455 §5.2. */
export type FrameHeader = {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  /** 0 to 15. */
  readonly opcode: number;
  readonly masked: boolean;
  /** In octets. Above 2⁵³ not exact. */
  readonly payloadLength: number;
  /** Bits that the payload length was written in. */
  readonly lengthForm: 7 | 16 | 64;
  /** Whether the most significant bit of a 64-bit length is 1, which RFC 6455 §5.2 forbids. */
  readonly lengthTopBit: boolean;
  readonly maskingKey?: Uint8Array;
  /** In octets: 2 to 14. */
  readonly headerLength: number;
};

/** A whole frame. RFC 6455 §5.2. */
export type Frame = FrameHeader & {
  /** Payload data as on the wire. */
  readonly payload: Uint8Array;
  /** Payload data, unmasked. Extension data, if an extension defines any, is still in it. */
  readonly applicationData: Uint8Array;
};

/**
 * Lays out what comes before the payload. RFC 6455 §5.2.
 *
 * @returns `undefined` while the header's last octet has not arrived.
 */
export function decodeFrameHeader(octets: Uint8Array): FrameHeader | undefined {
  const [first, second] = octets;
  if (first === undefined || second === undefined) return undefined;
  const masked = (second & 0x80) !== 0;
  const length7 = second & 0x7f;
  const lengthForm = length7 === 127 ? 64 : length7 === 126 ? 16 : 7;
  const keyOffset = 2 + (lengthForm === 7 ? 0 : lengthForm / 8);
  const headerLength = keyOffset + (masked ? 4 : 0);
  if (octets.length < headerLength) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, headerLength);
  return {
    fin: (first & 0x80) !== 0,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    payloadLength: readPayloadLength(view, length7),
    lengthForm,
    lengthTopBit: lengthForm === 64 && view.getUint8(2) >= 0x80,
    ...(masked && { maskingKey: octets.subarray(keyOffset, headerLength) }),
    headerLength,
  };
}

function readPayloadLength(view: DataView, length7: number): number {
  if (length7 === 127) return Number(view.getBigUint64(2));
  return length7 === 126 ? view.getUint16(2) : length7;
}

/**
 * Lays out one frame. RFC 6455 §5.2.
 *
 * Judges nothing: see `frameViolations`.
 *
 * @returns `undefined` while the frame's last octet has not arrived.
 */
export function decodeFrame(
  octets: Uint8Array,
): { readonly frame: Frame; readonly octetsRead: number } | undefined {
  const header = decodeFrameHeader(octets);
  if (header === undefined) return undefined;
  const octetsRead = header.headerLength + header.payloadLength;
  if (octets.length < octetsRead) return undefined;
  const payload = octets.subarray(header.headerLength, octetsRead);
  const { maskingKey } = header;
  const applicationData = maskingKey === undefined ? payload : applyMask(payload, maskingKey);
  return { frame: { ...header, payload, applicationData }, octetsRead };
}

/** What can be chosen about a frame; all but the opcode has the usual value when left out. */
export type FrameFields = {
  readonly opcode: number;
  readonly fin?: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  /** Masks the frame with it. RFC 6455 §5.3. */
  readonly maskingKey?: Uint8Array;
  /** Bits to write the payload length in; the fewest that hold it when left out. */
  readonly lengthForm?: 7 | 16 | 64;
  /** Before masking. */
  readonly applicationData?: Uint8Array;
};

/**
 * Writes one frame, legal or not. RFC 6455 §5.2.
 *
 * @param allocate makes the memory, all of which is written; a server may take it from a pool
 * @throws RangeError when an opcode, key or length does not fit its bits.
 */
export function encodeFrame(
  fields: FrameFields,
  allocate = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length),
): Uint8Array<ArrayBuffer> {
  const { opcode, maskingKey, applicationData } = fields;
  const length = applicationData?.length ?? 0;
  const lengthForm = fields.lengthForm ?? shortestLengthForm(length);
  if (!Number.isInteger(opcode) || opcode < 0 || opcode > 15)
    throw new RangeError('opcode: 0 to 15');
  if (maskingKey !== undefined && maskingKey.length !== 4)
    throw new RangeError('masking key: 4 octets');
  if (lengthForm < shortestLengthForm(length)) throw new RangeError(`${length} needs more bits`);

  const keyOffset = 2 + (lengthForm === 7 ? 0 : lengthForm / 8);
  const headerLength = keyOffset + (maskingKey === undefined ? 0 : 4);
  const octets = allocate(headerLength + length);
  octets[0] =
    bit(fields.fin ?? true, 7) |
    bit(fields.rsv1, 6) |
    bit(fields.rsv2, 5) |
    bit(fields.rsv3, 4) |
    opcode;
  octets[1] =
    bit(maskingKey !== undefined, 7) | (lengthForm === 7 ? length : lengthForm === 16 ? 126 : 127);
  if (lengthForm !== 7) {
    const view = new DataView(octets.buffer, octets.byteOffset);
    if (lengthForm === 16) view.setUint16(2, length);
    else view.setBigUint64(2, BigInt(length));
  }
  if (maskingKey !== undefined) octets.set(maskingKey, keyOffset);
  if (applicationData === undefined) return octets;
  octets.set(maskingKey ? applyMask(applicationData, maskingKey) : applicationData, headerLength);
  return octets;
}

/** The fewest bits that hold a payload length. RFC 6455 §5.2. */
export function shortestLengthForm(payloadLength: number): 7 | 16 | 64 {
  if (payloadLength <= 125) return 7;
  return payloadLength <= 0xffff ? 16 : 64;
}

function bit(isSet: boolean | undefined, position: number): number {
  return isSet === true ? 1 << position : 0;
}
