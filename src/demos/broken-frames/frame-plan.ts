import { octetsFromHex } from '#protocol/octets.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';

/** Which masking key a frame gets. RFC 6455 §5.3 asks for one that nobody can predict. */
export type Masking = 'random' | 'predictable' | 'none';

/** A frame that the robot is to send, as a reader thinks of it. */
export type FramePlan = {
  readonly opcode: number;
  /** True unless said otherwise. */
  readonly fin?: boolean;
  readonly rsv1?: boolean;
  /** Random unless said otherwise. */
  readonly masking?: Masking;
  /** Bits for the length; the fewest that hold it unless said otherwise. */
  readonly lengthForm?: 16 | 64;
  /** Sets the first bit of a 64-bit length, which must be 0. */
  readonly topBit?: boolean;
  readonly payload: Uint8Array;
};

export const PREDICTABLE_KEY = octetsFromHex('01020304');

/** Writes a plan down as the octets to send. */
export function writeFrame(plan: FramePlan, randomKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const { masking = 'random', topBit = false, payload, ...fields } = plan;
  const maskingKey = { random: randomKey, predictable: PREDICTABLE_KEY, none: undefined }[masking];
  const octets = encodeFrame({
    ...fields,
    applicationData: payload,
    ...(maskingKey !== undefined && { maskingKey }),
  });
  if (topBit) octets[2] = octets[2]! | 0x80;
  return octets;
}
