import { latin1FromOctets } from '#protocol/octets.ts';
import { OctetBuffer } from '#protocol/octet-buffer.ts';
import { readChunkSizeLine } from './chunk-size.ts';
import { trailerViolations } from './field-line-violations.ts';
import { readFieldSection } from './field-lines.ts';
import { requestFraming, type Framing } from './framing.ts';
import {
  decodeRequestHead,
  decodeResponseHead,
  type DecodedHead,
  type HttpHead,
  type ResponseHead,
} from './head.ts';
import type { MessageElement } from './message-element.ts';
import { sectionEnd } from './section-end.ts';
import { HttpSyntaxError, httpViolations, type HttpSyntaxCode } from './violation.ts';

/** Node's servers refuse above 16 KiB; browsers above 256 KiB. */
const MAX_SECTION_LENGTH = 256 * 1024;
const MAX_CHUNK_LINE_LENGTH = 16 * 1024;

const LF = 0x0a;
const CR = 0x0d;

type State =
  | { readonly at: 'head' | 'chunk-size' | 'chunk-end' | 'trailer-section' | 'end' | 'until-close' }
  | { readonly at: 'switched' }
  | { readonly at: 'data' | 'chunk-data'; readonly left: number }
  | { readonly at: 'unread'; readonly error: HttpSyntaxError };

type ElementBody = MessageElement extends infer Element
  ? Element extends MessageElement
    ? Omit<Element, 'offset' | 'octets'>
    : never
  : never;

/**
 * Reads the messages of one direction of a connection, one element at a time. RFC 9112.
 *
 * Octets are given with {@link receive} and elements fetched with {@link next}, so that the caller
 * can stop between two of them.
 */
export class MessageReader {
  readonly #type: HttpHead['type'];
  readonly #frame: (head: ResponseHead) => Framing;
  readonly #buffer = new OctetBuffer();
  #state: State = { at: 'head' };
  #offset = 0;
  /** Octets of the buffer that were searched for a line's or section's end without success. */
  #searched = 0;
  #hasStartLine = false;
  #ended = false;

  /** @param frame tells a response's framing, which depends on its request. */
  constructor(type: 'request');
  constructor(type: 'response', frame: (head: ResponseHead) => Framing);
  constructor(type: HttpHead['type'], frame?: (head: ResponseHead) => Framing) {
    this.#type = type;
    this.#frame = frame ?? (() => ({ type: 'none', violations: [] }));
  }

  /** Octets that were received and are not part of an element yet. */
  get unreadLength(): number {
    return this.#buffer.length;
  }

  /** Adopts octets; the caller must not write to them afterwards. */
  receive(octets: Uint8Array): void {
    this.#buffer.push(octets);
  }

  /** Says that this direction sends no more. */
  end(): void {
    this.#ended = true;
  }

  /** Says that what follows is another protocol. RFC 9110 §7.8. */
  switchProtocols(): void {
    this.#state = { at: 'switched' };
  }

  /** Receives octets and reads all that they complete. */
  push(octets: Uint8Array): MessageElement[] {
    this.receive(octets);
    const elements: MessageElement[] = [];
    for (let element = this.next(); element !== undefined; element = this.next()) {
      elements.push(element);
    }
    return elements;
  }

  /** Reads the next element; `undefined` while its octets have not arrived. */
  next(): MessageElement | undefined {
    try {
      const element = this.#read();
      if (element !== undefined || !this.#ended) return element;
    } catch (error) {
      if (!(error instanceof HttpSyntaxError)) throw error;
      this.#state = { at: 'unread', error };
      return this.next();
    }
    return this.#readEnd();
  }

  #read(): MessageElement | undefined {
    const state = this.#state;
    switch (state.at) {
      case 'head':
        return this.#readHead();
      case 'data':
      case 'chunk-data':
        return this.#readData(state.at, state.left);
      case 'until-close':
        return this.#take({ type: 'data' }, this.#buffer.length);
      case 'chunk-size':
        return this.#readChunkSize();
      case 'chunk-end':
        return this.#readChunkEnd();
      case 'trailer-section':
        return this.#readTrailerSection();
      case 'end':
        this.#state = { at: 'head' };
        return this.#element({ type: 'end' }, 0);
      case 'switched':
        return this.#take({ type: 'switched' }, this.#buffer.length);
      case 'unread':
        return this.#readUnread(state.error);
    }
  }

  #readHead(): MessageElement | undefined {
    const empty = this.#emptyLineLength();
    if (empty === undefined) return undefined;
    if (empty > 0) return this.#unread('EMPTY_LINE_BEFORE_START_LINE', empty);
    this.#refuseOtherProtocols();
    this.#refuseOtherStartLines();
    const length = this.#sectionLength();
    if (length === undefined) return undefined;
    const decoded = this.#decodeHead(this.#buffer.octets.subarray(0, length));
    if (decoded === undefined) return undefined;
    const { head } = decoded;
    const framing = head.type === 'request' ? requestFraming(head) : this.#frame(head);
    this.#state = stateAfterHead(framing);
    return this.#element({ type: 'head', head, framing }, head.length);
  }

  #decodeHead(octets: Uint8Array): DecodedHead<HttpHead> | undefined {
    return this.#type === 'request' ? decodeRequestHead(octets) : decodeResponseHead(octets);
  }

  /** What is no start line is seen at the line's end, not at the head's: HTTP/0.9 has no more. */
  #refuseOtherStartLines(): void {
    const { octets } = this.#buffer;
    const lf = this.#hasStartLine ? -1 : octets.indexOf(LF, this.#searched);
    if (lf === -1) return;
    this.#hasStartLine = true;
    // The start line alone: field lines are read when all of them are there.
    this.#decodeHead(octets.subarray(0, lf + 1));
  }

  /** RFC 9112 §2.2: a server ignores an empty line before the request line. */
  #emptyLineLength(): number | undefined {
    const [first, second] = this.#buffer.octets;
    if (first === LF) return 1;
    if (first !== CR) return first === undefined ? undefined : 0;
    if (second === undefined) return undefined;
    return second === LF ? 2 : 0;
  }

  /** A TLS hello or a stray frame is seen at its first octet, not when the bound is reached. */
  #refuseOtherProtocols(): void {
    const begin = latin1FromOctets(this.#buffer.octets.subarray(0, 5));
    if (this.#type === 'response' && !'HTTP/'.startsWith(begin)) {
      throw new HttpSyntaxError('STATUS_LINE_MALFORMED', 0);
    }
    if (this.#type === 'request' && !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(begin)) {
      throw new HttpSyntaxError('REQUEST_LINE_MALFORMED', 0);
    }
  }

  /** Octets of the section at the buffer's front, or nothing yet; see {@link sectionEnd}. */
  #sectionLength(): number | undefined {
    const { octets } = this.#buffer;
    const end = sectionEnd(octets, this.#searched);
    if (end !== undefined) return end;
    if (octets.length > MAX_SECTION_LENGTH) throw new HttpSyntaxError('HEAD_TOO_LONG', 0);
    // The end of the section is at most two octets behind the last LF that was seen.
    this.#searched = Math.max(0, octets.length - 2);
    return undefined;
  }

  #readData(type: 'data' | 'chunk-data', left: number): MessageElement | undefined {
    const length = Math.min(left, this.#buffer.length);
    const element = this.#take({ type }, length);
    if (length < left) this.#state = { at: type, left: left - length };
    else this.#state = { at: type === 'data' ? 'end' : 'chunk-end' };
    return element;
  }

  #readChunkSize(): MessageElement | undefined {
    const { octets } = this.#buffer;
    const lf = octets.indexOf(LF, this.#searched);
    if (lf === -1) {
      if (octets.length > MAX_CHUNK_LINE_LENGTH)
        throw new HttpSyntaxError('CHUNK_LINE_TOO_LONG', 0);
      this.#searched = octets.length;
      return undefined;
    }
    const line = readChunkSizeLine(latin1FromOctets(octets.subarray(0, lf + 1)));
    if (line === undefined) return undefined;
    const { size, extension, violations } = line;
    this.#state = size === 0 ? { at: 'trailer-section' } : { at: 'chunk-data', left: size };
    return this.#element({ type: 'chunk-size', size, extension, violations }, lf + 1);
  }

  #readChunkEnd(): MessageElement | undefined {
    const [first, second] = this.#buffer.octets;
    if (first === undefined || (first === CR && second === undefined)) return undefined;
    const length = first === LF ? 1 : 2;
    if (length === 2 && (first !== CR || second !== LF)) {
      throw new HttpSyntaxError('CHUNK_END_MALFORMED', 0);
    }
    this.#state = { at: 'chunk-size' };
    const violations = httpViolations({ BARE_LF: length === 1 });
    return this.#element({ type: 'chunk-end', violations }, length);
  }

  #readTrailerSection(): MessageElement | undefined {
    const length = this.#sectionLength();
    if (length === undefined) return undefined;
    const text = latin1FromOctets(this.#buffer.octets.subarray(0, length));
    const section = readFieldSection(text, 0);
    if (section === undefined) return undefined;
    this.#state = { at: 'end' };
    const { fieldLines } = section;
    const violations = trailerViolations(fieldLines);
    return this.#element({ type: 'trailer-section', fieldLines, violations }, section.end);
  }

  #readUnread(error: HttpSyntaxError): MessageElement | undefined {
    return this.#take(
      { type: 'unread', code: error.code, section: error.section },
      this.#buffer.length,
    );
  }

  /** The direction has ended and nothing more can be read. RFC 9112 §8. */
  #readEnd(): MessageElement | undefined {
    const { at } = this.#state;
    if (at === 'until-close') {
      this.#state = { at: 'end' };
      return this.next();
    }
    const isComplete = (at === 'head' && this.#buffer.length === 0) || at === 'switched';
    if (isComplete || at === 'unread') return undefined;
    this.#state = { at: 'unread', error: new HttpSyntaxError('MESSAGE_INCOMPLETE', 0) };
    return this.#unread('MESSAGE_INCOMPLETE', this.#buffer.length);
  }

  #unread(code: HttpSyntaxCode, length: number): MessageElement {
    const { section } = new HttpSyntaxError(code, 0);
    return this.#element({ type: 'unread', code, section }, length);
  }

  /** Like {@link #element}, but nothing for nothing. */
  #take(body: ElementBody, length: number): MessageElement | undefined {
    return length === 0 ? undefined : this.#element(body, length);
  }

  #element(body: ElementBody, length: number): MessageElement {
    const offset = this.#offset;
    this.#offset += length;
    this.#searched = 0;
    this.#hasStartLine = false;
    return { ...body, offset, octets: this.#buffer.take(length) };
  }
}

function stateAfterHead(framing: Framing): State {
  switch (framing.type) {
    case 'none':
      return { at: 'end' };
    case 'length':
      return framing.length === 0 ? { at: 'end' } : { at: 'data', left: framing.length };
    case 'chunked':
      return { at: 'chunk-size' };
    case 'until-close':
      return { at: 'until-close' };
    // The message that switches is complete; switchProtocols() says what follows.
    case 'switched':
      return { at: 'end' };
  }
}
