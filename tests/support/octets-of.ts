/** Octets of a text whose lines stand on lines of their own: each line end becomes CRLF. */
export function crlf(text: string): Uint8Array<ArrayBuffer> {
  return utf8(text.replaceAll('\n', '\r\n'));
}

/** Octets of a text in UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
