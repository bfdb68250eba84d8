import type { FieldLine } from './field-lines.ts';
import type { Framing } from './framing.ts';
import type { HttpHead } from './head.ts';
import type { HttpSyntaxCode, HttpViolation } from './violation.ts';

/** Where an element stands in its direction's octets; elements follow each other without a gap. */
export type Span = {
  /** From the first octet of the direction. */
  readonly offset: number;
  /** A view: true as long as the pushed octets are not overwritten. */
  readonly octets: Uint8Array;
};

type Judged = {
  /** What is ambiguous or forbidden about it. */
  readonly violations: readonly HttpViolation[];
};

/** What one direction of an HTTP/1.1 connection consists of. RFC 9112 §2.1. */
export type MessageElement = Span &
  (
    | { readonly type: 'head'; readonly head: HttpHead; readonly framing: Framing }
    /** A piece of a body that is not chunked, as it arrived. */
    | { readonly type: 'data' }
    | ({
        readonly type: 'chunk-size';
        readonly size: number;
        readonly extension: string;
      } & Judged)
    /** A piece of a chunk's data, as it arrived. */
    | { readonly type: 'chunk-data' }
    /** The line end behind a chunk's data. */
    | ({ readonly type: 'chunk-end' } & Judged)
    /** What follows the last chunk, with the empty line. RFC 9112 §7.1.2. */
    | ({ readonly type: 'trailer-section'; readonly fieldLines: readonly FieldLine[] } & Judged)
    /** The message is complete; no octets of its own. */
    | { readonly type: 'end' }
    /** Octets after the switch to another protocol, as they arrived. */
    | { readonly type: 'switched' }
    /** Octets that fit no message. After any code but EMPTY_LINE_BEFORE_START_LINE nothing else follows. */
    | { readonly type: 'unread'; readonly code: HttpSyntaxCode; readonly section: string }
  );
