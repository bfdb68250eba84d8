import { FrameFlag, FrameType, type Frame } from './frame.ts';
import { payloadFields } from './payload.ts';

/** A rule that a frame breaks, and the error code that follows. RFC 9113 §7. */
export type Http2Violation = {
  readonly code: Http2ViolationCode;
  readonly section: string;
  readonly errorCode: 'PROTOCOL_ERROR' | 'FRAME_SIZE_ERROR';
};

const Rules = {
  FRAME_TOO_LARGE: ['RFC 9113 §4.2', 'FRAME_SIZE_ERROR'],
  FRAME_LENGTH_WRONG: ['RFC 9113 §4.2', 'FRAME_SIZE_ERROR'],
  SETTINGS_ACK_WITH_PAYLOAD: ['RFC 9113 §6.5', 'FRAME_SIZE_ERROR'],
  STREAM_IDENTIFIER_MISSING: ['RFC 9113 §6', 'PROTOCOL_ERROR'],
  STREAM_IDENTIFIER_NOT_ZERO: ['RFC 9113 §6', 'PROTOCOL_ERROR'],
  PADDING_TOO_LONG: ['RFC 9113 §6.1', 'PROTOCOL_ERROR'],
  WINDOW_SIZE_INCREMENT_ZERO: ['RFC 9113 §6.9', 'PROTOCOL_ERROR'],
} as const;

/** Stable code of a rule that a frame can break. */
export type Http2ViolationCode = keyof typeof Rules;

/** All of them. */
export const Http2ViolationCodes = Object.keys(Rules) as readonly Http2ViolationCode[];

/** Of types whose payload has one length. RFC 9113 §6.3, §6.4, §6.7, §6.9. */
const FIXED_LENGTHS = new Map<number, number>([
  [FrameType.priority, 5],
  [FrameType.rstStream, 4],
  [FrameType.ping, 8],
  [FrameType.windowUpdate, 4],
]);

const OF_THE_CONNECTION = new Set<number>([FrameType.settings, FrameType.ping, FrameType.goaway]);

/** RFC 9113 §6.5.2: what every endpoint takes until it has said that it takes more. */
const MAX_FRAME_SIZE = 16_384;

/**
 * Lists what RFC 9113 forbids about one frame by itself.
 *
 * Not covered: the order of frames, the states of streams, flow control.
 */
export function frameViolations(
  frame: Frame,
  { maxFrameSize = MAX_FRAME_SIZE } = {},
): readonly Http2Violation[] {
  const { type, flags, length, streamId, payload } = frame;
  const isAck = type === FrameType.settings && (flags & FrameFlag.ack) !== 0;
  const isKnown = type <= FrameType.continuation;
  const broken: Readonly<Record<Http2ViolationCode, boolean>> = {
    FRAME_TOO_LARGE: length > maxFrameSize,
    FRAME_LENGTH_WRONG:
      length !== (FIXED_LENGTHS.get(type) ?? length) ||
      (type === FrameType.settings && length % 6 !== 0) ||
      (type === FrameType.goaway && length < 8),
    SETTINGS_ACK_WITH_PAYLOAD: isAck && length > 0,
    STREAM_IDENTIFIER_MISSING:
      isKnown && streamId === 0 && type !== FrameType.windowUpdate && !OF_THE_CONNECTION.has(type),
    STREAM_IDENTIFIER_NOT_ZERO: streamId !== 0 && OF_THE_CONNECTION.has(type),
    PADDING_TOO_LONG: isPaddingTooLong(frame, payload),
    WINDOW_SIZE_INCREMENT_ZERO:
      type === FrameType.windowUpdate &&
      payloadFields(frame).some(
        ({ name, value }) => name === 'window-size-increment' && value === 0,
      ),
  };
  return Object.entries(broken).flatMap(([code, isBroken]) =>
    isBroken ? [violation(code as Http2ViolationCode)] : [],
  );
}

/** RFC 9113 §6.1: padding must leave room for the Pad Length field itself; §6.2 the same. */
function isPaddingTooLong({ type, flags }: Frame, payload: Uint8Array): boolean {
  const mayBePadded =
    type === FrameType.data || type === FrameType.headers || type === FrameType.pushPromise;
  return (
    mayBePadded && (flags & FrameFlag.padded) !== 0 && (payload[0] ?? Infinity) >= payload.length
  );
}

function violation(code: Http2ViolationCode): Http2Violation {
  const [section, errorCode] = Rules[code];
  return { code, section, errorCode };
}
