/**
 * Tells whether some octets stand between two others; ASCII letters count as lower case.
 *
 * @param needle with its ASCII letters in lower case
 * @param keyAt where the masking key stands with which they are masked; `undefined`: they are not
 */
export function octetsHold(
  octets: Uint8Array,
  needle: Uint8Array,
  start = 0,
  end = octets.length,
  keyAt?: number,
): boolean {
  const first = needle[0];
  if (first === undefined) return true;
  const capital = isSmall(first) ? first - 0x20 : first;
  const last = end - needle.length;
  for (let at = start; at <= last; at++) {
    let octet = octets[at]!;
    if (keyAt !== undefined) octet ^= octets[keyAt + ((at - start) & 3)]!;
    // Of a million payloads most octets end here.
    if (octet !== first && octet !== capital) continue;
    if (goesOn(octets, needle, at, start, keyAt)) return true;
  }
  return false;
}

function goesOn(
  octets: Uint8Array,
  needle: Uint8Array,
  at: number,
  start: number,
  keyAt: number | undefined,
): boolean {
  for (let index = 1; index < needle.length; index++) {
    let octet = octets[at + index]!;
    if (keyAt !== undefined) octet ^= octets[keyAt + ((at + index - start) & 3)]!;
    if (octet >= 0x41 && octet <= 0x5a) octet |= 0x20;
    if (octet !== needle[index]) return false;
  }
  return true;
}

const isSmall = (octet: number): boolean => octet >= 0x61 && octet <= 0x7a;
