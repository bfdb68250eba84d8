import type { WireEvent } from '#capture/wire-event.ts';
import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import type { DemoDefinition } from '#demo/definition.ts';

/** The rows of what a demo server has put on the wire channel. */
export function rowsOf(events: readonly WireEvent[]): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader.rows;
}

/** Which goals of a challenge those rows meet. */
export function goalsMet(
  demo: DemoDefinition,
  challenge: string,
  rows: readonly Row[],
): readonly string[] {
  const found = demo.challenges.find(({ id }) => id === challenge);
  if (found === undefined) throw new Error(`${demo.id} has no challenge ${challenge}`);
  return evaluate(found, rows)
    .goals.filter(({ met }) => met)
    .map(({ id }) => id);
}
