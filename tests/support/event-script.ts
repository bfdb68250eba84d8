import type { Direction, NoteEvent, OpenEvent, WireEvent } from '#capture/wire-event.ts';
import { crlf } from './octets-of.ts';

/** Writes down a run's events, numbered, one millisecond apart. */
export class EventScript {
  readonly events: WireEvent[] = [];

  open(connection: number, more: Partial<OpenEvent> = {}): this {
    return this.#add({
      kind: 'open',
      connection,
      sender: 'BROWSER',
      hop: 0,
      exchangesBefore: 0,
      ...more,
    });
  }

  /** A text's line ends become CRLF. */
  octets(connection: number, direction: Direction, content: string | Uint8Array): this {
    const octets = typeof content === 'string' ? crlf(content) : content;
    return this.#add({ kind: 'octets', connection, direction, octets });
  }

  end(connection: number, direction: Direction): this {
    return this.#add({ kind: 'end', connection, direction });
  }

  close(connection: number, hadError = false): this {
    return this.#add({ kind: 'close', connection, hadError });
  }

  note(vantage: NoteEvent['vantage'], name: string, data: NoteEvent['data']): this {
    return this.#add({ kind: 'note', vantage, name, data });
  }

  /** The server kept none of that many events. */
  dropped(events: number, octets: number): this {
    const seq = this.#nextSeq() + events - 1;
    this.events.push({ kind: 'dropped', seq, t: seq, events, octets });
    return this;
  }

  #nextSeq(): number {
    return (this.events.at(-1)?.seq ?? 0) + 1;
  }

  #add(event: Unplaced<WireEvent>): this {
    const seq = this.#nextSeq();
    this.events.push({ ...event, seq, t: seq });
    return this;
  }
}

type Unplaced<Event> = Event extends unknown ? Omit<Event, 'seq' | 't'> : never;
