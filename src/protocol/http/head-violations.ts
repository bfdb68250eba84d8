import type { HttpHead } from './head.ts';
import { httpViolation, type HttpViolation } from './violation.ts';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** RFC 9110 §5.5: of the controls, a field value may hold only the tab. */
function hasControl(value: string): boolean {
  return [...value].some((char) => (char < ' ' && char !== '\t') || char === '\x7f');
}

/** Lists the rules of syntax that a head breaks although it could be laid out. */
export function headViolations(head: HttpHead): HttpViolation[] {
  const { fieldLines } = head;
  const has = (test: (line: HttpHead['fieldLines'][number]) => boolean) => fieldLines.some(test);
  const hosts = fieldLines.filter((line) => line.name.toLowerCase() === 'host').length;
  const isRequest11 = head.type === 'request' && head.httpVersion !== 'HTTP/1.0';
  const found = {
    BARE_LF: head.startLineEndLength === 1 || has((line) => line.lineEndLength === 1),
    WHITESPACE_BEFORE_COLON: has((line) => /[ \t]$/.test(line.name)),
    FIELD_NAME_NOT_TOKEN: has((line) => !TOKEN.test(line.name) && !/[ \t]$/.test(line.name)),
    FIELD_VALUE_WITH_CONTROL: has((line) => hasControl(line.value)),
    OBS_FOLD: has((line) => line.valueLength !== line.value.length),
    HOST_MISSING: isRequest11 && hosts === 0,
    HOST_REPEATED: head.type === 'request' && hosts > 1,
  };
  return Object.entries(found).flatMap(([code, isBroken]) =>
    isBroken ? [httpViolation(code as keyof typeof found)] : [],
  );
}
