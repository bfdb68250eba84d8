import { SHOWN_FIELDS, isShown, mayShow, secretQueryValues, type Span } from './redaction.ts';

/**
 * Most messages arrive whole, in one read or one write, and say how long they are in the plainest way.
 * Those are told from the others here, without laying out what nobody looks at on the server; whatever
 * takes thought is left to `#protocol/http`, which reads the same octets in the same way.
 */

export type PlainRequest = {
  readonly method: string;
  readonly requestTarget: string;
  readonly withheld: readonly Span[];
};

export type PlainResponse = { readonly withheld: readonly Span[] };

/** What a header section says of its message. */
type Section = {
  /** Octets of the head, with the empty line. */
  readonly end: number;
  readonly contentLength: number | undefined;
  readonly withheld: readonly Span[];
};

/** A longer head takes the other way. */
const MAX_HEAD_LENGTH = 4096;
const REQUEST_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([^ ]+) HTTP\/1\.1$/;
const STATUS_LINE = /^HTTP\/1\.1 ([2-5]\d\d) /;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;

/** Reads octets that are exactly one request without content; `undefined` for any others. */
export function plainRequest(octets: Uint8Array): PlainRequest | undefined {
  const text = headText(octets);
  const lineEnd = text.indexOf('\r\n');
  const [, method, requestTarget] = REQUEST_LINE.exec(text.slice(0, Math.max(0, lineEnd))) ?? [];
  if (method === undefined || requestTarget === undefined || method === 'CONNECT') return undefined;
  const section = readSection(text, lineEnd + 2);
  if (section?.contentLength !== undefined || section?.end !== octets.length) return undefined;
  const secrets = secretQueryValues({ requestTarget, requestTargetOffset: method.length + 1 });
  const withheld = secrets.length === 0 ? section.withheld : [...section.withheld, ...secrets];
  return { method, requestTarget, withheld };
}

/** Reads octets that are exactly one final response to that method; `undefined` for any others. */
export function plainResponse(octets: Uint8Array, method: string): PlainResponse | undefined {
  const text = headText(octets);
  const lineEnd = text.indexOf('\r\n');
  const [, statusCode] = STATUS_LINE.exec(text.slice(0, Math.max(0, lineEnd))) ?? [];
  if (statusCode === undefined) return undefined;
  const section = readSection(text, lineEnd + 2);
  if (section === undefined) return undefined;
  const { contentLength, withheld } = section;
  // RFC 9112 §6.3: these have no content, whatever their fields say.
  const isEmpty = method === 'HEAD' || statusCode === '204' || statusCode === '304';
  const length = isEmpty ? 0 : contentLength;
  return length !== undefined && section.end + length === octets.length ? { withheld } : undefined;
}

function headText(octets: Uint8Array): string {
  const { buffer, byteOffset, length } = octets;
  const chunk = Buffer.isBuffer(octets) ? octets : Buffer.from(buffer, byteOffset, length);
  return chunk.toString('latin1', 0, MAX_HEAD_LENGTH);
}

/** Reads field lines up to the empty line, unless one of them takes thought. */
function readSection(text: string, offset: number): Section | undefined {
  const withheld: Span[] = [];
  let contentLength: number | undefined;
  for (let at = offset; ;) {
    const lf = text.indexOf('\n', at);
    if (lf <= at || text.charCodeAt(lf - 1) !== CR) return undefined;
    if (lf === at + 1) return { end: lf + 1, contentLength, withheld };
    const colon = text.indexOf(':', at);
    if (colon === -1 || colon > lf) return undefined;
    const treatment = treatmentOf(text.slice(at, colon));
    if (treatment === 'takes thought') return undefined;
    if (treatment === 'length') {
      const digits = /^: ?(\d{1,15})\r$/.exec(text.slice(colon, lf))?.[1];
      if (contentLength !== undefined || digits === undefined) return undefined;
      contentLength = Number(digits);
    } else if (treatment === 'withheld') {
      const span = valueSpan(text, colon + 1, lf - 1);
      const value = text.slice(span.offset, span.offset + span.length);
      if (!mayShow(text.slice(at, colon).toLowerCase(), value)) withheld.push(span);
    }
    at = lf + 1;
  }
}

/** The value without the white space around it. RFC 9110 §5.5. */
function valueSpan(text: string, from: number, to: number): Span {
  let start = from;
  while (start < to && isWhitespace(text.charCodeAt(start))) start += 1;
  let end = to;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end -= 1;
  return { offset: start, length: end - start };
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === TAB;
}

type Treatment = 'shown' | 'withheld' | 'length' | 'takes thought';

/** As most clients and servers spell them: looking a name up is faster than judging it. */
const Known = new Map<string, Treatment>(
  [...SHOWN_FIELDS, 'accept', 'accept-encoding', 'accept-language', 'content-type'].flatMap(
    (name) => [name, titleCase(name)].map((spelt) => [spelt, judge(name)] as const),
  ),
);

function treatmentOf(name: string): Treatment {
  return Known.get(name) ?? judge(name.toLowerCase());
}

function judge(lowerName: string): Treatment {
  if (lowerName === 'content-length') return 'length';
  if (lowerName === 'transfer-encoding' || lowerName === 'upgrade') return 'takes thought';
  // A fold, or white space where a name should be.
  if (!FIELD_NAME.test(lowerName)) return 'takes thought';
  return isShown(lowerName) ? 'shown' : 'withheld';
}

function titleCase(name: string): string {
  return name.replaceAll(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
