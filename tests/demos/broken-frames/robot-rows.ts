import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import type { Sender } from '#capture/wire-event.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

const REQUEST = `GET /live/run/broken-frames/ws HTTP/1.1
Host: localhost
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

`;
const RESPONSE = `HTTP/1.1 101 Switching Protocols
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

`;

/** Octets of one direction, in hex. */
export type Piece = { readonly up: string } | { readonly down: string };

/** The rows of WebSockets, one after another, with these octets behind their 101. */
export function rowsOfErrands(
  errands: readonly (readonly Piece[])[],
  sender: Sender = 'ROBOT',
): readonly Row[] {
  const script = new EventScript();
  for (const [index, pieces] of errands.entries()) {
    const connection = index + 1;
    script.open(connection, { sender });
    script.octets(connection, 'up', REQUEST).octets(connection, 'down', RESPONSE);
    for (const piece of pieces) {
      if ('up' in piece) script.octets(connection, 'up', octetsFromHex(piece.up));
      else script.octets(connection, 'down', octetsFromHex(piece.down));
    }
  }
  const reader = new CaptureReader();
  for (const event of script.events) reader.pushWire(event);
  return reader.rows;
}
