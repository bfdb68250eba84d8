const LF = 0x0a;
const CR = 0x0d;

/**
 * Finds where the empty line ends that ends a header or trailer section. RFC 9112 §2.1.
 *
 * @param linesBefore lines that come before it at the least: a start line, or none in a trailer section
 * @param searched octets that need not be looked at again, 2 less than were there before
 */
export function sectionEnd(
  octets: Uint8Array,
  linesBefore: 0 | 1,
  searched: number,
): number | undefined {
  if (linesBefore === 0) {
    const end = lineEnd(octets, 0);
    if (end !== undefined) return end;
  }
  for (let at = octets.indexOf(LF, searched); at !== -1; at = octets.indexOf(LF, at + 1)) {
    const end = lineEnd(octets, at + 1);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Where the line end that begins at that octet ends, if one begins there. */
function lineEnd(octets: Uint8Array, at: number): number | undefined {
  if (octets[at] === LF) return at + 1;
  return octets[at] === CR && octets[at + 1] === LF ? at + 2 : undefined;
}
