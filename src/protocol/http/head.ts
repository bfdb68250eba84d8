import { parseList } from '#protocol/fields/list.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import { readFieldSection, readLine, type FieldLine, type Line } from './field-lines.ts';
import { HttpSyntaxError } from './violation.ts';

type Version = {
  /** For example `HTTP/1.1`. */
  readonly httpVersion: string;
  readonly httpVersionOffset: number;
};

type HeadParts = {
  /** Of the start line, with its end. */
  readonly startLineLength: number;
  /** 2 for CRLF, 1 for a bare LF. */
  readonly startLineEndLength: 1 | 2;
  readonly fieldLines: readonly FieldLine[];
  /** Octets of the whole head, with the empty line. */
  readonly length: number;
};

/** Request line and header section. RFC 9112 §3. Offsets are from the head's first octet. */
export type RequestHead = HeadParts & RequestLine;

type RequestLine = Version & {
  readonly type: 'request';
  readonly method: string;
  readonly methodOffset: number;
  readonly requestTarget: string;
  readonly requestTargetOffset: number;
};

/** Status line and header section. RFC 9112 §4. Offsets are from the head's first octet. */
export type ResponseHead = HeadParts & StatusLine;

type StatusLine = Version & {
  readonly type: 'response';
  readonly statusCode: number;
  readonly statusCodeOffset: number;
  /** May be empty. */
  readonly reasonPhrase: string;
  readonly reasonPhraseOffset: number;
};

/** The head of either kind of message. */
export type HttpHead = RequestHead | ResponseHead;

/** A head, and how many octets it took. */
export type DecodedHead<Head extends HttpHead> = {
  readonly head: Head;
  readonly octetsRead: number;
};

/** A request line that can be told apart into three. The target is judged elsewhere. */
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([^ ]+) (HTTP\/\d\.\d)$/;

/** RFC 9112 §4: the space after the status code is required, but servers do leave it out. */
const STATUS_LINE = /^(HTTP\/\d\.\d) (\d{3})(?: (.*))?$/s;

/**
 * Lays out a request's head. RFC 9112 §3 and §5.
 *
 * Judges nothing: see `headViolations`.
 *
 * @returns `undefined` while the empty line after the header section has not arrived.
 * @throws HttpSyntaxError when start line or a field line can't be told apart.
 */
export function decodeRequestHead(octets: Uint8Array): DecodedHead<RequestHead> | undefined {
  return decodeHead(octets, (line): RequestLine => {
    const [, method, requestTarget, httpVersion] = REQUEST_LINE.exec(line.text) ?? [];
    if (method === undefined || requestTarget === undefined || httpVersion === undefined) {
      // HTTP/0.9: a server that guesses here answers without a head. RFC 1945 §4.1.
      const isSimple = /^GET [^ ]+$/.test(line.text);
      if (isSimple) throw new HttpSyntaxError('REQUEST_LINE_WITHOUT_VERSION', 0);
      throw new HttpSyntaxError('REQUEST_LINE_MALFORMED', 0);
    }
    const requestTargetOffset = method.length + 1;
    return {
      type: 'request',
      method,
      methodOffset: 0,
      requestTarget,
      requestTargetOffset,
      httpVersion,
      httpVersionOffset: requestTargetOffset + requestTarget.length + 1,
    };
  });
}

/**
 * Lays out a response's head. RFC 9112 §4 and §5.
 *
 * @returns `undefined` while the empty line after the header section has not arrived.
 * @throws HttpSyntaxError when status line or a field line can't be told apart.
 */
export function decodeResponseHead(octets: Uint8Array): DecodedHead<ResponseHead> | undefined {
  return decodeHead(octets, (line): StatusLine => {
    const [, httpVersion, statusCode, reasonPhrase = ''] = STATUS_LINE.exec(line.text) ?? [];
    if (httpVersion === undefined || statusCode === undefined) {
      throw new HttpSyntaxError('STATUS_LINE_MALFORMED', 0);
    }
    const statusCodeOffset = httpVersion.length + 1;
    return {
      type: 'response',
      httpVersion,
      httpVersionOffset: 0,
      statusCode: Number(statusCode),
      statusCodeOffset,
      reasonPhrase,
      reasonPhraseOffset: Math.min(statusCodeOffset + 4, line.text.length),
    };
  });
}

function decodeHead<StartLine>(
  octets: Uint8Array,
  readStartLine: (line: Line) => StartLine,
): { readonly head: StartLine & HeadParts; readonly octetsRead: number } | undefined {
  const text = latin1FromOctets(octets);
  const line = readLine(text, 0);
  if (line === undefined) return undefined;
  const startLine = readStartLine(line);
  const section = readFieldSection(text, line.length);
  if (section === undefined) return undefined;
  const head = {
    ...startLine,
    startLineLength: line.length,
    startLineEndLength: line.lineEndLength,
    fieldLines: section.fieldLines,
    length: section.end,
  };
  return { head, octetsRead: section.end };
}

/** All field lines of that name, in their order. RFC 9110 §5.3. */
export function fieldLinesOf(
  head: { readonly fieldLines: readonly FieldLine[] },
  lowerCaseName: string,
): FieldLine[] {
  return head.fieldLines.filter((line) => line.name.toLowerCase() === lowerCaseName);
}

/**
 * Combines the values of all field lines of that name with ", ". RFC 9110 §5.3.
 *
 * @param lowerCaseName for example `content-length`
 * @returns `undefined` when there is no such field.
 */
export function fieldValue(
  head: { readonly fieldLines: readonly FieldLine[] },
  lowerCaseName: string,
): string | undefined {
  const values = fieldLinesOf(head, lowerCaseName).map((line) => line.value);
  return values.length === 0 ? undefined : values.join(', ');
}

/** Splits the value of a list-based field, such as `Connection`, in lower case. RFC 9110 §5.6.1. */
export function fieldMembers(
  head: { readonly fieldLines: readonly FieldLine[] },
  lowerCaseName: string,
): string[] {
  return parseList(fieldValue(head, lowerCaseName)).map((member) => member.toLowerCase());
}
