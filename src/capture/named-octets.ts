import { hexFromOctets } from '#protocol/octets.ts';
import { cutValue, type Part, type PartName } from './part-list.ts';

/** Octets that follow others, what they are and what they say. */
export type NamedOctets = readonly [name: PartName, length: number, value: string, section: string];

/** Lays them out one after the other; those of no length are not there. */
export function placed(named: readonly NamedOctets[]): readonly Part[] {
  let bitOffset = 0;
  return named.flatMap(([name, length, value, section]) => {
    if (length <= 0) return [];
    const part = { name, bitOffset, bitLength: length * 8, value: cutValue(value), section };
    bitOffset += length * 8;
    return [part];
  });
}

const MAX_HEX_OCTETS = 32;

/** The first octets as hexadecimal digits. */
export function hexPreview(octets: Uint8Array): string {
  const hex = hexFromOctets(octets.subarray(0, MAX_HEX_OCTETS), ' ');
  return octets.length > MAX_HEX_OCTETS ? `${hex} …` : hex;
}
