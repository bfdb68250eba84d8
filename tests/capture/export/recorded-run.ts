import { createHash } from 'node:crypto';

import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import type { Direction, OpenEvent, WireEvent } from '#capture/wire-event.ts';
import { crlf } from '#tests/support/octets-of.ts';

type Unnumbered<Event> = Event extends unknown ? Omit<Event, 'seq' | 't'> : never;

/** A run made by hand: numbers its events and lets a millisecond and a quarter pass before each. */
export class RecordedRun {
  readonly events: WireEvent[] = [];
  #t = 0;

  add(event: Unnumbered<WireEvent>): void {
    this.events.push({ ...event, seq: this.events.length + 1, t: (this.#t += 1.25) });
  }

  open(connection: number, more: Partial<Pick<OpenEvent, 'sender' | 'hop' | 'box'>> = {}): void {
    this.add({ kind: 'open', connection, sender: 'BROWSER', hop: 0, exchangesBefore: 0, ...more });
  }

  octets(connection: number, direction: Direction, octets: Uint8Array): void {
    this.add({ kind: 'octets', connection, direction, octets });
  }

  /** Each line end of the text becomes CRLF. */
  text(connection: number, direction: Direction, text: string): void {
    this.octets(connection, direction, crlf(text));
  }

  end(connection: number, direction: Direction): void {
    this.add({ kind: 'end', connection, direction });
  }

  close(connection: number, hadError = false): void {
    this.add({ kind: 'close', connection, hadError });
  }

  /**
   * Opens a connection and a WebSocket on it. RFC 6455 §1.3.
   *
   * @param extensions offered, and accepted as they are
   */
  webSocket(connection: number, extensions?: string): void {
    const key = Buffer.from(`connection ${connection}`.padEnd(16).slice(0, 16)).toString('base64');
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    const agreed = extensions === undefined ? '' : `Sec-WebSocket-Extensions: ${extensions}\n`;
    this.open(connection);
    this.text(
      connection,
      'up',
      `GET /live/run/echo/ws HTTP/1.1\nHost: localhost:4321\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: ${key}\n${agreed}\n`,
    );
    this.text(
      connection,
      'down',
      `HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Accept: ${accept.digest('base64')}\n${agreed}\n`,
    );
  }
}

/** The rows that a page makes of events of the wire. */
export function rowsOf(events: readonly WireEvent[]): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader.rows;
}
