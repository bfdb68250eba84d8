/**
 * How late news is on average, from what is known beforehand. All times in milliseconds.
 *
 * `delayMs` is one way; `gapMs` passes from one event to the next, on average or exactly.
 */

/** Sent the moment that there is something to say: the way, and no more. */
export function pushMeanMs(delayMs: number): number {
  return delayMs;
}

/**
 * Asked for by the clock: half the time between two questions, then the way.
 *
 * A client that waits for its answer can't ask more often than once in a round trip.
 */
export function shortPollMeanMs(pollMs: number, delayMs: number): number {
  return Math.max(pollMs, 2 * delayMs) / 2 + delayMs;
}

/**
 * A question that waits at the server, for events at random moments.
 *
 * After each answer the server may not speak until the next question is there: for a round trip, and
 * the `turnaroundMs` that the client takes from an answer to its next question.
 * An event that falls into that time waits, half of it on average; and with probability e^(−λG) none
 * does, and the next event finds the question waiting.
 */
export function longPollMeanMs(gapMs: number, delayMs: number, turnaroundMs = 0): number {
  const silenceMs = 2 * delayMs + turnaroundMs;
  const expected = silenceMs / gapMs;
  return delayMs + (expected * silenceMs) / 2 / (expected + Math.exp(-expected));
}

/** Questions in a second of that client. */
export function longPollsPerSecond(gapMs: number, delayMs: number): number {
  const silenceMs = 2 * delayMs;
  return 1000 / (silenceMs + Math.exp(-silenceMs / gapMs) * gapMs);
}

/**
 * The same for events at even distances: either each finds the question waiting, or the client is
 * always on its way, and asks by a clock whose time is that silence.
 */
export function longPollEvenMeanMs(gapMs: number, delayMs: number, turnaroundMs = 0): number {
  const silenceMs = 2 * delayMs + turnaroundMs;
  return silenceMs < gapMs ? delayMs : delayMs + silenceMs / 2;
}
