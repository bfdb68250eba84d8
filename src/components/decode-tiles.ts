import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';
import { decodeFrame, type Frame } from '#protocol/websocket/frame.ts';

/** What a reader can call an octet of a frame. */
export type TileLabel = 'fin-opcode' | 'mask-length' | 'masking-key' | 'payload';

export type Tile = { readonly hex: string; readonly label: TileLabel };

/**
 * Takes a masked frame with the 7-bit length apart, octet by octet.
 *
 * @returns `undefined` when the text is no such frame.
 */
export function decodeTiles(text: string): readonly Tile[] | undefined {
  const octets = read(text);
  const frame = frameOf(octets);
  if (octets === undefined || frame === undefined) return undefined;
  return [...octets].map((octet, index) => ({
    hex: hexFromOctets(new Uint8Array([octet])),
    label: labelAt(index, frame.headerLength),
  }));
}

function labelAt(index: number, headerLength: number): TileLabel {
  if (index === 0) return 'fin-opcode';
  if (index === 1) return 'mask-length';
  return index < headerLength ? 'masking-key' : 'payload';
}

/** The payload's octets as sent, the octet of the key that belongs to each, and the letter meant. */
export function payloadColumns(
  text: string,
): readonly { readonly sent: string; readonly key: string; readonly letter: string }[] {
  const frame = frameOf(read(text));
  if (frame?.maskingKey === undefined) return [];
  const hex = (octet: number | undefined) => hexFromOctets(new Uint8Array([octet ?? 0]));
  return Array.from(frame.payload, (sent, index) => ({
    sent: hex(sent),
    key: hex(frame.maskingKey?.[index % 4]),
    letter: String.fromCharCode(frame.applicationData[index] ?? 0),
  }));
}

function read(text: string): Uint8Array | undefined {
  const hex = text.replaceAll(' ', '');
  return /^(?:[0-9a-f]{2})+$/i.test(hex) ? octetsFromHex(hex) : undefined;
}

function frameOf(octets: Uint8Array | undefined): Frame | undefined {
  const decoded = octets && decodeFrame(octets);
  if (decoded === undefined || decoded.octetsRead !== octets?.length) return undefined;
  return decoded.frame.masked && decoded.frame.lengthForm === 7 ? decoded.frame : undefined;
}
