import { trimWhitespace } from './whitespace.ts';

/** A cookie as a server sets it. RFC 6265 §5.2. */
export type SetCookie = {
  readonly name: string;
  readonly value: string;
  /** By lower-case name, in their order; `''` for one without a value. The last of a name counts. */
  readonly attributes: ReadonlyMap<string, string>;
};

/**
 * Parses one `Set-Cookie` field line. RFC 6265 §5.2.
 *
 * Lines of it must not be combined: a date in `Expires` holds a comma. RFC 9110 §5.3.
 *
 * @returns `undefined` for a line that a browser ignores: without an equals sign, or without a name.
 */
export function parseSetCookie(fieldValue: string): SetCookie | undefined {
  const [pair = '', ...rest] = fieldValue.split(';');
  const [name, value] = splitPair(pair);
  if (name === '' || value === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const attribute of rest) {
    const [attributeName, attributeValue = ''] = splitPair(attribute);
    if (attributeName !== '') attributes.set(attributeName.toLowerCase(), attributeValue);
  }
  return { name, value, attributes };
}

/** RFC 6265 §5.2, items 3 and 4: its WSP is space and tab alone, as OWS is. */
function splitPair(text: string): [name: string, value?: string] {
  const equals = text.indexOf('=');
  if (equals === -1) return [trimWhitespace(text)];
  return [trimWhitespace(text.slice(0, equals)), trimWhitespace(text.slice(equals + 1))];
}
