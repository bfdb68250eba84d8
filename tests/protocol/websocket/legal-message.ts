import { encodeFrame, type FrameFields } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import type { Random } from '#tests/support/random.ts';

/** Writes a frame as a client does. */
export const masked = (random: Random, fields: FrameFields) =>
  encodeFrame({ ...fields, maskingKey: random.octets(4) });

/** One message in 1 to 4 frames, with pings between them. */
export function legalMessage(random: Random): Uint8Array[] {
  const isText = random.boolean();
  const length = random.pick([0, 1, 125, 126, 2000]);
  const whole = isText
    ? new TextEncoder().encode(random.pick(['a', 'é', '€', '🙂']).repeat(length))
    : random.octets(length);
  const fragments = random.integer(1, 4);
  const cuts = Array.from({ length: fragments - 1 }, () => random.integer(0, whole.length));
  const ends = [...cuts.sort((a, b) => a - b), whole.length];
  return ends.flatMap((end, index) => {
    const frame = masked(random, {
      opcode: index > 0 ? Opcode.continuation : isText ? Opcode.text : Opcode.binary,
      fin: index === fragments - 1,
      applicationData: whole.slice(ends[index - 1] ?? 0, end),
    });
    const ping = masked(random, { opcode: Opcode.ping, applicationData: random.octets(3) });
    return random.boolean() ? [frame] : [ping, frame];
  });
}
