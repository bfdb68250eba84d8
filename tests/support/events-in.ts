import { BatchWriter } from '#demo-server/runs/batch-writer.ts';
import { decodeBatch } from '#capture/wire-batch.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import type { Place, RunRing } from '#demo-server/runs/run-ring.ts';

/** What a page gets of a run that has read it as far as a place. */
export function eventsIn(ring: RunRing, from: Place = ring.placeAfter(0)): readonly WireEvent[] {
  const batch = new BatchWriter();
  batch.begin();
  ring.write(batch, from);
  return decodeBatch(batch.finish(0)).events;
}
