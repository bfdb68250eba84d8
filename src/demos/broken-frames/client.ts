import type { Saw } from '#demo/workbench.ts';
import { hexFromOctets } from '#protocol/octets.ts';

/** How long the robot listens after its last frame. */
const WAIT_MS = 1000;

/**
 * Sends our raw TCP client to the demo's WebSocket. It shakes hands as it should, sends these octets
 * as they are, each frame in a write of its own, and answers nothing.
 *
 * A page could not: its browser masks, counts and closes by itself.
 *
 * @throws Error with the server's sentence.
 */
export async function sendRobot(
  address: string,
  frames: readonly Uint8Array[],
  saw: Saw,
): Promise<void> {
  const [, , run = ''] = new URL(address).pathname.split('/');
  saw('robot-sent', { frames: frames.length });
  const response = await fetch(`/runs/${run}/robot`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      frames: frames.map((octets) => hexFromOctets(octets)),
      waitMs: WAIT_MS,
    }),
  });
  const report = (await response.json()) as { readonly error?: string };
  if (!response.ok) throw new Error(report.error ?? `The server answered with ${response.status}.`);
  saw('robot-back', { ...report });
}
