import { fieldLineViolations, hasControl } from './field-line-violations.ts';
import { fieldLinesOf, type HttpHead, type RequestHead, type ResponseHead } from './head.ts';
import { isHost, requestTargetForm } from './request-target.ts';
import { httpViolations, type HttpViolation } from './violation.ts';

/** Lists the rules of syntax that a head breaks although it could be laid out. */
export function headViolations(head: HttpHead): HttpViolation[] {
  const lines = fieldLineViolations(head.fieldLines);
  const seen = new Set(lines.map(({ code }) => code));
  const start = [
    ...httpViolations({
      BARE_LF: head.startLineEndLength === 1 && !seen.has('BARE_LF'),
      HTTP_VERSION_NOT_1: !head.httpVersion.startsWith('HTTP/1.'),
    }),
    ...(head.type === 'request' ? requestLineViolations(head) : statusLineViolations(head)),
  ];
  return [...start, ...lines, ...(head.type === 'request' ? hostViolations(head) : [])];
}

function requestLineViolations({ method, requestTarget }: RequestHead): HttpViolation[] {
  return httpViolations({
    REQUEST_TARGET_INVALID: requestTargetForm(method, requestTarget) === undefined,
  });
}

function statusLineViolations(head: ResponseHead): HttpViolation[] {
  const { statusCode, reasonPhrase, reasonPhraseOffset, statusCodeOffset } = head;
  return httpViolations({
    STATUS_CODE_OUT_OF_RANGE: statusCode < 100 || statusCode > 599,
    STATUS_LINE_WITHOUT_SPACE: reasonPhraseOffset < statusCodeOffset + 4,
    REASON_PHRASE_WITH_CONTROL: hasControl(reasonPhrase),
    BARE_CR: reasonPhrase.includes('\r'),
  });
}

/** RFC 9112 §3.2: exactly one Host with a request of HTTP/1.1, valid, even if it is empty. */
function hostViolations(head: RequestHead): HttpViolation[] {
  const hosts = fieldLinesOf(head, 'host');
  return httpViolations({
    HOST_MISSING: head.httpVersion !== 'HTTP/1.0' && hosts.length === 0,
    HOST_REPEATED: hosts.length > 1,
    HOST_INVALID: hosts.some(({ value }) => !isHost(value)),
  });
}
