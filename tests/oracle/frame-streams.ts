import type { Direction } from '#capture/wire-event.ts';
import { concatOctets } from '#protocol/octets.ts';
import { encodeFrame, type FrameFields } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { RecordedRun } from '#tests/capture/export/recorded-run.ts';
import type { Random } from '#tests/support/random.ts';

/** Around the borders of the three forms that a payload length can have. RFC 6455 §5.2. */
const SMALL_LENGTHS = [0, 1, 2, 17, 124, 125, 126, 127, 128, 300, 1459, 1460, 1461, 4000] as const;
const LARGE_LENGTHS = [65_535, 65_536, 70_000] as const;
const CLOSE_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4001] as const;

/**
 * Adds a WebSocket with random frames both ways, cut at random into reads and writes.
 *
 * @param isLegal whether bits, opcodes, masks and length forms keep to RFC 6455
 */
export function addFrameStream(
  run: RecordedRun,
  connection: number,
  random: Random,
  { isLegal, hasLargeFrame }: { readonly isLegal: boolean; readonly hasLargeFrame: boolean },
): void {
  run.webSocket(connection);
  const octets: Record<Direction, Uint8Array> = {
    up: concatOctets(directionFrames(random, true, isLegal, hasLargeFrame)),
    down: concatOctets(directionFrames(random, false, isLegal, hasLargeFrame)),
  };
  const sent: Record<Direction, number> = { up: 0, down: 0 };
  while (sent.up < octets.up.length || sent.down < octets.down.length) {
    const direction = random.pick<Direction>(['up', 'down']);
    const from = sent[direction];
    const to = Math.min(octets[direction].length, from + random.integer(1, 6000));
    if (from === to) continue;
    run.octets(connection, direction, octets[direction].subarray(from, to));
    sent[direction] = to;
  }
  if (random.boolean()) {
    run.end(connection, 'up');
    run.end(connection, 'down');
    run.close(connection);
  } else {
    run.close(connection, random.boolean());
  }
}

function directionFrames(
  random: Random,
  masks: boolean,
  isLegal: boolean,
  hasLargeFrame: boolean,
): Uint8Array[] {
  const messages = Array.from({ length: random.integer(2, 4) }, () => message(random));
  if (hasLargeFrame) messages.push([data(random, random.pick(LARGE_LENGTHS))]);
  const frames = [...messages.flat(), close(random)];
  return frames.map((fields) => {
    const isMasked = isLegal || random.integer(0, 4) > 0 ? masks : !masks;
    const bent = isLegal ? fields : bend(fields, random);
    return encodeFrame({ ...bent, ...(isMasked && { maskingKey: random.octets(4) }) });
  });
}

/** A message in 1 to 4 frames, with control frames between them. RFC 6455 §5.4. */
function message(random: Random): FrameFields[] {
  const fragments = random.integer(1, 4);
  const opcode = random.pick([Opcode.text, Opcode.binary]);
  return Array.from({ length: fragments }, (_, index) => [
    ...(random.boolean() ? [control(random)] : []),
    {
      ...data(random, random.pick(SMALL_LENGTHS)),
      opcode: index === 0 ? opcode : Opcode.continuation,
      fin: index === fragments - 1,
    },
  ]).flat();
}

/** Letters, so that any cut leaves UTF-8. */
function data(random: Random, length: number): FrameFields {
  const applicationData = random.octets(length).map((octet) => 0x61 + (octet % 26));
  return { opcode: Opcode.binary, applicationData };
}

function control(random: Random): FrameFields {
  const applicationData = random.octets(random.integer(0, 125));
  return { opcode: random.pick([Opcode.ping, Opcode.pong]), applicationData };
}

function close(random: Random): FrameFields {
  if (random.integer(0, 4) === 0) return { opcode: Opcode.close };
  const code = random.pick(CLOSE_CODES);
  const reason = new TextEncoder().encode('so long'.slice(0, random.integer(0, 7)));
  return { opcode: Opcode.close, applicationData: Uint8Array.of(code >> 8, code & 255, ...reason) };
}

/** Breaks rules that change a frame's layout; its octets can still be told apart. */
function bend(fields: FrameFields, random: Random): FrameFields {
  const seldom = (): boolean => random.integer(0, 7) === 0;
  return {
    ...fields,
    ...(seldom() && { rsv2: true }),
    ...(seldom() && { rsv3: true }),
    ...(seldom() && { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
    ...(seldom() && { fin: fields.fin === false }),
    ...(seldom() && { lengthForm: 64 }),
  };
}
