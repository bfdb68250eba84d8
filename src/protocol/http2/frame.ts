/** The types of RFC 9113 §6. Others are legal: whoever does not know them ignores them (§5.5). */
export const FrameType = {
  data: 0x00,
  headers: 0x01,
  priority: 0x02,
  rstStream: 0x03,
  settings: 0x04,
  pushPromise: 0x05,
  ping: 0x06,
  goaway: 0x07,
  windowUpdate: 0x08,
  continuation: 0x09,
} as const;

const TYPE_NAMES = [
  'DATA',
  'HEADERS',
  'PRIORITY',
  'RST_STREAM',
  'SETTINGS',
  'PUSH_PROMISE',
  'PING',
  'GOAWAY',
  'WINDOW_UPDATE',
  'CONTINUATION',
] as const;

/** What a type is called in RFC 9113 §6, or `unknown`. */
export function frameTypeName(type: number): string {
  return TYPE_NAMES[type] ?? 'unknown';
}

/** The flags of RFC 9113 §6. ACK and END_STREAM are the same bit, of different types. */
export const FrameFlag = {
  ack: 0x01,
  endStream: 0x01,
  endHeaders: 0x04,
  padded: 0x08,
  priority: 0x20,
} as const;

const FLAG_NAMES: Readonly<Record<number, readonly (readonly [bit: number, name: string])[]>> = {
  [FrameType.data]: [
    [FrameFlag.endStream, 'END_STREAM'],
    [FrameFlag.padded, 'PADDED'],
  ],
  [FrameType.headers]: [
    [FrameFlag.endStream, 'END_STREAM'],
    [FrameFlag.endHeaders, 'END_HEADERS'],
    [FrameFlag.padded, 'PADDED'],
    [FrameFlag.priority, 'PRIORITY'],
  ],
  [FrameType.settings]: [[FrameFlag.ack, 'ACK']],
  [FrameType.pushPromise]: [
    [FrameFlag.endHeaders, 'END_HEADERS'],
    [FrameFlag.padded, 'PADDED'],
  ],
  [FrameType.ping]: [[FrameFlag.ack, 'ACK']],
  [FrameType.continuation]: [[FrameFlag.endHeaders, 'END_HEADERS']],
};

/** Names of the flags that are set and mean something for the type; other bits are ignored (§4.1). */
export function flagNames({ type, flags }: FrameHeader): readonly string[] {
  return (FLAG_NAMES[type] ?? []).flatMap(([bit, name]) => ((flags & bit) === 0 ? [] : [name]));
}

/** The nine octets that begin every frame. RFC 9113 §4.1. */
export type FrameHeader = {
  /** Of the payload, in octets: 24 bits. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  /** The bit before the stream identifier: 0, and ignored. */
  readonly reserved: boolean;
  /** 0 for what concerns the connection. */
  readonly streamId: number;
};

/** A whole frame. RFC 9113 §4.1. */
export type Frame = FrameHeader & { readonly payload: Uint8Array };

/** In octets. */
export const FRAME_HEADER_LENGTH = 9;

/**
 * Lays out a frame's header. RFC 9113 §4.1.
 *
 * @returns `undefined` while the header's last octet has not arrived.
 */
export function decodeFrameHeader(octets: Uint8Array): FrameHeader | undefined {
  if (octets.length < FRAME_HEADER_LENGTH) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, FRAME_HEADER_LENGTH);
  return {
    length: (view.getUint16(0) << 8) | view.getUint8(2),
    type: view.getUint8(3),
    flags: view.getUint8(4),
    reserved: view.getUint8(5) >= 0x80,
    streamId: view.getUint32(5) & 0x7fff_ffff,
  };
}

/**
 * Lays out one frame. RFC 9113 §4.1.
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
  const octetsRead = FRAME_HEADER_LENGTH + header.length;
  if (octets.length < octetsRead) return undefined;
  return {
    frame: { ...header, payload: octets.subarray(FRAME_HEADER_LENGTH, octetsRead) },
    octetsRead,
  };
}
