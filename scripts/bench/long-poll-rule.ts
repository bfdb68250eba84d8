/**
 * How late events at these moments are by long polling, on average.
 *
 * The rule that the formula of `latency-model.ts` is the mean of, event by event: a question that
 * waits is answered at once, and one that comes later with all that has been published since; the next
 * is there a round trip after the answer, and what the client takes to ask again.
 */
export function longPollMeanByRule(
  moments: readonly number[],
  delayMs: number,
  turnaroundMs = 0,
): number {
  let asked = -Infinity;
  let totalMs = 0;
  for (let index = 0; index < moments.length;) {
    const answered = Math.max(asked, moments[index] ?? 0);
    for (let at = moments[index]; at !== undefined && at <= answered; at = moments[++index]) {
      totalMs += answered - at + delayMs;
    }
    asked = answered + 2 * delayMs + turnaroundMs;
  }
  return totalMs / moments.length;
}
