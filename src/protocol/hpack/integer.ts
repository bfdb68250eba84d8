/** An integer, and how many octets it took. */
export type DecodedInteger = { readonly value: number; readonly octetsRead: number };

/** Larger ones than anything here can mean are refused, as RFC 7541 §5.1 asks. */
const MAX_VALUE = 0x7fff_ffff;

/**
 * Decodes an integer whose first bits share an octet with something else. RFC 7541 §5.1.
 *
 * @param prefixLength bits of the first octet that are the integer's, 1 to 8
 * @returns `undefined` when it does not end within the octets or is above 2³¹ − 1
 */
export function decodeInteger(
  octets: Uint8Array,
  offset: number,
  prefixLength: number,
): DecodedInteger | undefined {
  const max = 2 ** prefixLength - 1;
  const first = octets[offset];
  if (first === undefined) return undefined;
  const prefix = first & max;
  if (prefix < max) return { value: prefix, octetsRead: 1 };
  let value = max;
  for (let index = 1; ; index += 1) {
    const octet = octets[offset + index];
    // Zeros may go on for ever, so their number is bounded too.
    if (octet === undefined || index > 6) return undefined;
    value += (octet & 0x7f) * 2 ** (7 * (index - 1));
    if (value > MAX_VALUE) return undefined;
    if (octet < 0x80) return { value, octetsRead: index + 1 };
  }
}
