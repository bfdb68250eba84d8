import { readFileSync } from 'node:fs';
import type { WireEvent } from '#capture/wire-event.ts';
import { jsonFromWireEvent } from '#capture/export/capsule-events.ts';
import { RfcRequest, RfcResponse } from '#tests/fixtures/handshake-violations.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** So many events are gone in the middle of it. */
export const GONE_EVENTS = 312;

/**
 * A capsule of the echo with so many messages from the server, of two rows each: "message 1",
 * "message 2" and so on, on two connections with a gap between. A message takes a millisecond.
 */
export function longRun(messages: number): string {
  const script = new EventScript();
  for (let count = 1; count <= messages; count++) {
    const isHalf = count === Math.ceil(messages / 2);
    if (isHalf) script.dropped(GONE_EVENTS, 4000);
    if (isHalf || count === 1) {
      const connection = isHalf ? 2 : 1;
      script.open(connection).octets(connection, 'up', RfcRequest);
      script.octets(connection, 'down', RfcResponse);
    }
    script.octets(count < messages / 2 ? 1 : 2, 'down', textFrame(`message ${count}`));
  }
  return capsuleOf(script.events);
}

/** RFC 6455 §5.2: FIN and text, no mask, a length below 126. */
function textFrame(text: string): Uint8Array {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.of(0x81, payload.length), payload]);
}

function capsuleOf(events: readonly WireEvent[]): string {
  const recording = JSON.parse(readFileSync('content/captures/echo.json', 'utf8')) as object;
  return JSON.stringify({
    ...recording,
    now: events.at(-1)?.t,
    events: events.map(jsonFromWireEvent),
    page: [],
  });
}
