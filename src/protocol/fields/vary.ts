import { parseList } from './list.ts';
import { trimWhitespace } from './whitespace.ts';

type Fields = Readonly<Record<string, string>>;

/** Parses `Vary`: the request's fields that chose this response. RFC 9110 §12.5.5. */
export function parseVary(fieldValue: string | undefined): '*' | readonly string[] {
  const members = parseList(fieldValue).map((member) => member.toLowerCase());
  return members.includes('*') ? '*' : members;
}

/**
 * Finds the first field that keeps a stored response from answering a request. RFC 9111 §4.1.
 *
 * White space around commas does not count; nothing else is normalized.
 *
 * @param fieldsThen of the request that the stored response answered, by lower-case name
 * @returns `undefined` when all are the same.
 */
export function varyMismatch(
  vary: '*' | readonly string[],
  fieldsThen: Fields,
  fieldsNow: Fields,
): string | undefined {
  if (vary === '*') return '*';
  return vary.find((name) => normalized(fieldsThen[name]) !== normalized(fieldsNow[name]));
}

function normalized(fieldValue: string | undefined): string | undefined {
  return fieldValue?.split(',').map(trimWhitespace).join(',');
}
