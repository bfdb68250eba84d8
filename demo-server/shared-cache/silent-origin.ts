import type { ClientRequest, IncomingMessage } from 'node:http';

import { RequestError } from '#demo-server/front/answers.ts';
import { later } from '#demo-server/later.ts';

/** How long an origin may be silent. A long poll of ours is answered after 25 s at the latest. */
export const MAX_SILENCE_MS = 30_000;

/** RFC 9110 §15.6.5. */
export const silentOrigin = () =>
  new RequestError(504, `The origin was silent for ${String(MAX_SILENCE_MS / 1000)} s. Try again.`);

/** Acts when an origin has neither begun its answer nor switched protocols in time. */
export function whenUnanswered(outgoing: ClientRequest, act: () => void): void {
  const callOff = later(MAX_SILENCE_MS, outgoing, act);
  outgoing.once('response', callOff).once('upgrade', callOff);
}

/** Acts when an origin has fallen silent in the middle of an answer. */
export function whenInterrupted(incoming: IncomingMessage, act: () => void): void {
  let callOff = later(MAX_SILENCE_MS, incoming, act);
  incoming.on('data', () => {
    callOff();
    callOff = later(MAX_SILENCE_MS, incoming, act);
  });
  incoming.once('end', () => {
    callOff();
  });
}
