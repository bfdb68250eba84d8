/**
 * Takes the optional white space off both ends of a field value, or of a part of one.
 *
 * OWS is space and tab alone (RFC 9110 §5.6.3); `trim` would take more: 0xA0, for one, which is text.
 * A pattern for the end of a text would look at each run of blanks within it again from each of them.
 */
export function trimWhitespace(text: string): string {
  let end = text.length;
  while (end > 0 && isWhitespace(text[end - 1])) end--;
  return text.slice(Math.min(leadingWhitespace(text), end), end);
}

/** How many octets of optional white space a text begins with. RFC 9110 §5.6.3. */
export function leadingWhitespace(text: string): number {
  let at = 0;
  while (isWhitespace(text[at])) at++;
  return at;
}

function isWhitespace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
