import type { FieldLine } from './field-lines.ts';
import { httpViolations, type HttpViolation } from './violation.ts';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Lists the rules of syntax that the lines of a header or trailer section break. RFC 9112 §5. */
export function fieldLineViolations(fieldLines: readonly FieldLine[]): HttpViolation[] {
  const has = (test: (line: FieldLine) => boolean) => fieldLines.some(test);
  return httpViolations({
    BARE_LF: has((line) => line.lineEndLength === 1),
    BARE_CR: has(({ name, value }) => name.includes('\r') || value.includes('\r')),
    WHITESPACE_BEFORE_COLON: has((line) => /[ \t]$/.test(line.name)),
    FIELD_NAME_NOT_TOKEN: has((line) => !TOKEN.test(line.name) && !/[ \t]$/.test(line.name)),
    FIELD_VALUE_WITH_CONTROL: has((line) => hasControl(line.value)),
    OBS_FOLD: has((line) => line.valueLength !== line.value.length),
  });
}

/** RFC 9110 §5.5: of the controls, text may hold only the tab. A bare CR has a name of its own. */
export function hasControl(text: string): boolean {
  return [...text].some(
    (char) => (char < ' ' && char !== '\t' && char !== '\r') || char === '\x7f',
  );
}

/** RFC 9110 §6.5.1: what a recipient needs to know before the content. */
const NotInTrailers = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'authorization',
  'cache-control',
  'cookie',
  'set-cookie',
]);

/** Lists what a trailer section breaks, RFC 9110 §6.5.1 included. */
export function trailerViolations(fieldLines: readonly FieldLine[]): HttpViolation[] {
  const isForbidden = ({ name }: FieldLine) => NotInTrailers.has(name.toLowerCase());
  return [
    ...fieldLineViolations(fieldLines),
    ...httpViolations({ TRAILER_FIELD_NOT_ALLOWED: fieldLines.some(isForbidden) }),
  ];
}
