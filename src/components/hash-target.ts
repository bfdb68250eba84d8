/** Reads which element of the page the address leads to; empty when none is named. */
export function hashTarget(): string {
  const text = location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    // “%” alone is no escape; somebody has typed it.
    return text;
  }
}
