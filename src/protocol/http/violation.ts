/** A rule that a message breaks. Words are made on the page; codes are stable. */
export type HttpViolation = { readonly code: HttpViolationCode; readonly section: string };

const Sections = {
  BARE_LF: 'RFC 9112 §2.2',
  BARE_CR: 'RFC 9112 §2.2',
  HTTP_VERSION_NOT_1: 'RFC 9112 §2.3',
  REQUEST_TARGET_INVALID: 'RFC 9112 §3.2',
  STATUS_CODE_OUT_OF_RANGE: 'RFC 9110 §15',
  STATUS_LINE_WITHOUT_SPACE: 'RFC 9112 §4',
  REASON_PHRASE_WITH_CONTROL: 'RFC 9112 §4',
  OBS_FOLD: 'RFC 9112 §5.2',
  WHITESPACE_BEFORE_COLON: 'RFC 9112 §5.1',
  FIELD_NAME_NOT_TOKEN: 'RFC 9110 §5.1',
  FIELD_VALUE_WITH_CONTROL: 'RFC 9110 §5.5',
  HOST_MISSING: 'RFC 9112 §3.2',
  HOST_REPEATED: 'RFC 9112 §3.2',
  HOST_INVALID: 'RFC 9112 §3.2',
  CONTENT_LENGTH_INVALID: 'RFC 9112 §6.3',
  CONTENT_LENGTH_TOO_LARGE: 'RFC 9110 §8.6',
  CONTENT_LENGTH_DIFFERS: 'RFC 9112 §6.3',
  CONTENT_LENGTH_AND_TRANSFER_ENCODING: 'RFC 9112 §6.3',
  CONTENT_LENGTH_NOT_ALLOWED: 'RFC 9110 §8.6',
  TRANSFER_ENCODING_NOT_ALLOWED: 'RFC 9112 §6.1',
  TRANSFER_ENCODING_IN_HTTP_1_0: 'RFC 9112 §6.1',
  TRANSFER_ENCODING_UNKNOWN: 'RFC 9112 §6.1',
  CHUNKED_NOT_LAST: 'RFC 9112 §6.3',
  CHUNKED_REPEATED: 'RFC 9112 §7.1',
  CHUNK_SIZE_WITH_WHITESPACE: 'RFC 9112 §7.1',
  CHUNK_EXTENSION_MALFORMED: 'RFC 9112 §7.1.1',
  TRAILER_FIELD_NOT_ALLOWED: 'RFC 9110 §6.5.1',
} as const;

/** Stable code of a rule that a message can break. */
export type HttpViolationCode = keyof typeof Sections;

/** All of them. */
export const HttpViolationCodes = Object.keys(Sections) as readonly HttpViolationCode[];

/** Names a broken rule with the section that sets it. */
export function httpViolation(code: HttpViolationCode): HttpViolation {
  return { code, section: Sections[code] };
}

const SyntaxSections = {
  EMPTY_LINE_BEFORE_START_LINE: 'RFC 9112 §2.2',
  REQUEST_LINE_MALFORMED: 'RFC 9112 §3',
  REQUEST_LINE_WITHOUT_VERSION: 'RFC 9112 §3',
  STATUS_LINE_MALFORMED: 'RFC 9112 §4',
  FIELD_LINE_WITHOUT_COLON: 'RFC 9112 §5',
  FIELD_LINE_FOLDED_FIRST: 'RFC 9112 §2.2',
  HEAD_TOO_LONG: 'RFC 9112 §3',
  CHUNK_SIZE_MALFORMED: 'RFC 9112 §7.1',
  CHUNK_SIZE_TOO_LARGE: 'RFC 9112 §7.1',
  CHUNK_LINE_TOO_LONG: 'RFC 9112 §7.1.1',
  CHUNK_END_MALFORMED: 'RFC 9112 §7.1',
  MESSAGE_INCOMPLETE: 'RFC 9112 §8',
} as const;

/** All of them. */
export const HttpSyntaxCodes = Object.keys(SyntaxSections) as readonly HttpSyntaxCode[];

/** Stable code of what keeps octets from being laid out. */
export type HttpSyntaxCode = keyof typeof SyntaxSections;

/** Names those rules that are broken, in the order given. */
export function httpViolations(
  broken: Readonly<Partial<Record<HttpViolationCode, boolean>>>,
): HttpViolation[] {
  return Object.entries(broken).flatMap(([code, isBroken]) =>
    isBroken ? [httpViolation(code as HttpViolationCode)] : [],
  );
}

/** Octets that can't be laid out as a message. */
export class HttpSyntaxError extends Error {
  override readonly name = 'HttpSyntaxError';
  readonly code: HttpSyntaxCode;
  readonly section: string;
  /** From the first octet that was to be decoded. */
  readonly offset: number;

  constructor(code: HttpSyntaxCode, offset: number) {
    super(`${code} at octet ${offset} (${SyntaxSections[code]})`);
    this.code = code;
    this.section = SyntaxSections[code];
    this.offset = offset;
  }
}
