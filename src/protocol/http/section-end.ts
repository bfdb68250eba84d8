const LF = 0x0a;
const CR = 0x0d;

/**
 * Finds where the empty line ends that ends a header or trailer section. RFC 9112 §2.1.
 *
 * @param octets from a line's beginning on
 * @param searched octets that need not be looked at again, 2 less than were there before
 */
export function sectionEnd(octets: Uint8Array, searched: number): number | undefined {
  const atOnce = lineEnd(octets, 0);
  if (atOnce !== undefined) return atOnce;
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
