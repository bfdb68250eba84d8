import { BatchWriter } from '#demo-server/runs/batch-writer.ts';
import type { WireEvent } from '#capture/wire-event.ts';

/** Writes events as one message of the wire channel. */
export function encodeBatch(now: number, events: readonly WireEvent[]): Uint8Array<ArrayBuffer> {
  const batch = new BatchWriter();
  batch.begin();
  for (const event of events) add(batch, event);
  return batch.finish(now);
}

function add(batch: BatchWriter, event: WireEvent): void {
  const { seq, t, connection = 0 } = { connection: 0, ...event };
  if (event.kind === 'octets') {
    const { direction, octets } = event;
    batch.addOctets(seq, t, connection, direction, octets, 0, octets.length);
  } else if (event.kind === 'note') {
    batch.addNote(seq, t, connection, event.vantage, event.name, event.data);
  } else batch.add(event);
}
