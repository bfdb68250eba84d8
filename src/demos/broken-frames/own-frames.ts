import { octetsFromHex } from '#protocol/octets.ts';
import type { FramePlan, Masking } from './frame-plan.ts';

/** As many as the robot takes on one errand. */
const MAX_FRAMES = 200;

/** Reads frames that a reader wrote in hex, a space between two. `undefined`: not hex, or too many. */
export function readOwnFrames(text: string): readonly Uint8Array[] | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length > MAX_FRAMES) return undefined;
  if (!words.every((word) => /^(?:[0-9a-f]{2})+$/i.test(word))) return undefined;
  return words.map((word) => octetsFromHex(word));
}

/** What the controls of the builder say. */
export type BuilderValues = {
  readonly opcode: string;
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly masking: string;
  readonly form: string;
  readonly payload: string;
  readonly as: string;
};

/** Reads the builder's controls as one frame to send. `undefined`: the payload is not hex. */
export function planOf(values: BuilderValues): FramePlan | undefined {
  const { opcode, fin, rsv1, masking, form, payload, as } = values;
  const hex = payload.replaceAll(/\s+/g, '');
  if (as === 'hex' && !/^(?:[0-9a-f]{2})*$/i.test(hex)) return undefined;
  const octets = as === 'hex' ? octetsFromHex(hex) : new TextEncoder().encode(payload);
  return {
    opcode: Number(opcode),
    fin,
    rsv1,
    masking: masking as Masking,
    payload: octets,
    ...(form === '64' && { lengthForm: 64 as const }),
    // More than 16 bits hold is written in 64, whatever was asked for.
    ...(form === '16' && octets.length <= 0xffff && { lengthForm: 16 as const }),
  };
}
