import type { Part } from '#capture/part-list.ts';
import { formatCount } from '#controls/number-format.ts';

/** Says how long a part is, in bytes, or in bits where it is no whole number of bytes. */
export function sizeOf({ bitLength }: Part): string {
  const isOctets = bitLength > 0 && bitLength % 8 === 0;
  const count = isOctets ? bitLength / 8 : bitLength;
  return `${formatCount(count)} ${isOctets ? 'byte' : 'bit'}${count === 1 ? '' : 's'}`;
}
