import { octetsHold } from '#capture/octets-hold.ts';
import type { Row } from '#capture/row.ts';
import { dataText } from './row-data.ts';
import type { Rows } from './rows.ts';
import { rowWords } from './row-words.ts';

/** A text to look for, as characters and as octets; ASCII letters match in either case. */
export class Needle {
  readonly octets: Uint8Array;
  readonly #text: string;

  constructor(text: string) {
    this.#text = asciiLower(text);
    this.octets = new TextEncoder().encode(this.#text);
  }

  isIn(text: string): boolean {
    return asciiLower(text).includes(this.#text);
  }
}

/** Tells whether a row says something: in its name, in its octets unmasked, or in what was noted. */
export function rowHolds(row: Row, needle: Needle, rows: Pick<Rows, 'row'>): boolean {
  const { title, detail } = rowWords(row);
  if (needle.isIn(title)) return true;
  if (row.kind === 'ws.message') return octetsHold(messageOctets(row, rows), needle.octets);
  if (row.detail?.type === 'frame') {
    return octetsHold(row.detail.frame.applicationData, needle.octets);
  }
  if (row.octets !== undefined) return octetsHold(row.octets, needle.octets);
  const noted = Object.keys(row.data).map((name) => dataText(row.data, name));
  return [detail, ...noted].some((text) => needle.isIn(text));
}

/** What a message carries: of a compressed one what is kept of it, inflated. */
function messageOctets({ detail, data }: Row, rows: Pick<Rows, 'row'>): Uint8Array {
  if (detail?.type === 'inflated') return detail.begin;
  const fragments = ((data['frames'] ?? []) as readonly number[]).flatMap((number) => {
    const frame = rows.row(number)?.detail;
    return frame?.type === 'frame' ? [frame.frame.applicationData] : [];
  });
  const octets = new Uint8Array(fragments.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const fragment of fragments) {
    octets.set(fragment, at);
    at += fragment.length;
  }
  return octets;
}

const asciiLower = (text: string): string =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
