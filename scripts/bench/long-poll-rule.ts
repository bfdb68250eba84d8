/**
 * How late events at these moments are by long polling, on average, if programs take no time.
 *
 * The rule that the formula of `latency-model.ts` is the mean of, event by event: a question that
 * waits is answered at once, and one that comes later with all that has been published since; the next
 * is there a round trip after the answer.
 */
export function longPollMeanByRule(moments: readonly number[], delayMs: number): number {
  let asked = -Infinity;
  let totalMs = 0;
  for (let index = 0; index < moments.length;) {
    const answered = Math.max(asked, moments[index] ?? 0);
    for (let at = moments[index]; at !== undefined && at <= answered; at = moments[++index]) {
      totalMs += answered - at + delayMs;
    }
    asked = answered + 2 * delayMs;
  }
  return totalMs / moments.length;
}
