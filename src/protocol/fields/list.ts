import { trimWhitespace } from './whitespace.ts';

/** Splits the value of a list-based field; a recipient ignores empty members. RFC 9110 §5.6.1.2. */
export function parseList(fieldValue: string | undefined): string[] {
  return (fieldValue ?? '')
    .split(',')
    .map(trimWhitespace)
    .filter((member) => member !== '');
}
