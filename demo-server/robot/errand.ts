import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';

import { HANDSHAKES, type HandshakeName } from './handshakes.ts';

/** What a reader may have the robot do: never where, only which handshake it sends, and what after it. */
export type Errand = {
  /** Frames follow only where the answer is 101. */
  readonly handshake: HandshakeName;
  /** Octets to send after the 101, one write each. They need not be frames at all. */
  readonly frames: readonly Buffer[];
  /** How long it listens after the last of them for what comes back. */
  readonly waitMs: number;
};

export const MAX_FRAMES = 200;
/** Of all frames of one errand together. */
export const MAX_OCTETS = 1024 * 1024;
/** From the first octet to the end, whatever `waitMs` says. */
export const MAX_ERRAND_MS = 10_000;
/** Two hex digits an octet, and what JSON puts around every frame. */
export const MAX_ERRAND_CONTENT = 2 * MAX_OCTETS + 4 * MAX_FRAMES + 256;

const DEFAULT_WAIT_MS = 2000;
const MEMBERS = ['handshake', 'frames', 'waitMs'];
const HEX = /^(?:[0-9a-f]{2})*$/i;

/**
 * Reads an errand from what a page sent.
 *
 * @throws RequestError 400 for anything else than the three members, above all for an address.
 */
export function parseErrand(content: JsonObject): Errand {
  const stranger = Object.keys(content).find((name) => !MEMBERS.includes(name));
  if (stranger !== undefined) {
    throw new RequestError(400, `The robot takes ${MEMBERS.join(', ')}, and nothing else.`);
  }
  const { handshake = true, frames = [], waitMs = DEFAULT_WAIT_MS } = content;
  if (typeof waitMs !== 'number' || !(waitMs >= 0 && waitMs <= MAX_ERRAND_MS)) {
    throw new RequestError(400, `Send waitMs from 0 to ${String(MAX_ERRAND_MS)}.`);
  }
  return { handshake: parseHandshake(handshake), frames: parseFrames(frames), waitMs };
}

/** `true` and `false` are the good one and none. */
function parseHandshake(handshake: unknown): HandshakeName {
  if (typeof handshake === 'boolean') return handshake ? 'good' : 'none';
  const name = HANDSHAKES.find((known) => known === handshake);
  if (name !== undefined) return name;
  throw new RequestError(400, `Send handshake as true, false or one of ${HANDSHAKES.join(', ')}.`);
}

function parseFrames(frames: unknown): Buffer[] {
  if (!Array.isArray(frames) || frames.length > MAX_FRAMES) {
    throw new RequestError(400, `Send frames as a list of at most ${String(MAX_FRAMES)}.`);
  }
  const octets = frames.map(parseFrame);
  const length = octets.reduce((sum, frame) => sum + frame.length, 0);
  if (length <= MAX_OCTETS) return octets;
  throw new RequestError(413, `Send at most ${String(MAX_OCTETS)} octets in all frames together.`);
}

function parseFrame(frame: unknown): Buffer {
  if (typeof frame === 'string' && HEX.test(frame)) return Buffer.from(frame, 'hex');
  throw new RequestError(400, 'Send each frame as hex digits, two an octet, such as "8900".');
}
