const MAX_LENGTH = 1000;
/** UTF-8 needs at most 3 octets per UTF-16 code unit. */
const MAX_OCTETS = 3 * MAX_LENGTH;

/**
 * Reads the beginning of octets as UTF-8.
 *
 * @returns at most 1,000 UTF-16 code units; `undefined` when that beginning is not UTF-8.
 */
export function textPreview(octets: Uint8Array): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const isCut = octets.length > MAX_OCTETS;
    const text = decoder.decode(octets.subarray(0, MAX_OCTETS), { stream: isCut });
    return text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
  } catch {
    return undefined;
  }
}
