import { concatOctets } from '#protocol/octets.ts';
import type { FieldLine } from '#protocol/http/field-lines.ts';
import type { MessageElement } from '#protocol/http/message-element.ts';
import type { HttpViolation } from '#protocol/http/violation.ts';
import { EventStreamParser } from '#protocol/event-stream/event-stream-parser.ts';
import { fieldRecord } from './field-record.ts';
import type { AddRow } from './row-draft.ts';
import type { Row } from './row.ts';
import type { Direction } from './wire-event.ts';

/** Of a longer body only the length is kept: streams may never end. */
const MAX_KEPT_LENGTH = 16 * 1024 * 1024;

type OpenChunk = {
  readonly size: number;
  readonly extension: string;
  readonly pieces: Uint8Array[];
  readonly violations: HttpViolation[];
  /** Octets of its data so far. */
  dataLength: number;
};

/** Turns what follows one head into rows: body, chunks, events of an event stream. */
export class HttpBody {
  readonly #add: AddRow;
  readonly #headRow: Row;
  readonly #direction: Direction;
  readonly #events: EventStreamParser | undefined;
  #eventCount = 0;
  #length = 0;
  #isChunked = false;
  #pieces: Uint8Array[] = [];
  #chunk: OpenChunk | undefined;

  constructor(add: AddRow, headRow: Row, direction: Direction, isEventStream: boolean) {
    this.#add = add;
    this.#headRow = headRow;
    this.#direction = direction;
    this.#events = isEventStream ? new EventStreamParser() : undefined;
  }

  /** Octets of content so far. */
  get length(): number {
    return this.#length;
  }

  push(element: MessageElement, t: number): void {
    switch (element.type) {
      case 'data':
        if (this.#length <= MAX_KEPT_LENGTH) this.#pieces.push(element.octets);
        this.#addContent(element.octets, t);
        break;
      case 'chunk-size':
        this.#isChunked = true;
        this.#chunk = {
          size: element.size,
          extension: element.extension,
          pieces: [element.octets],
          violations: [...element.violations],
          dataLength: 0,
        };
        break;
      case 'chunk-data':
        if (this.#chunk !== undefined) this.#chunk.dataLength += element.octets.length;
        this.#chunk?.pieces.push(element.octets);
        this.#addContent(element.octets, t);
        break;
      case 'chunk-end':
        this.#chunk?.pieces.push(element.octets);
        this.#chunk?.violations.push(...element.violations);
        this.#addChunk(t, {});
        break;
      case 'trailer-section':
        this.#chunk?.pieces.push(element.octets);
        this.#chunk?.violations.push(...element.violations);
        this.#addChunk(t, trailerData(element.fieldLines));
        break;
      default:
        break;
    }
  }

  /** @param isComplete false when the connection ended first. */
  end(t: number, isComplete: boolean): void {
    if (this.#chunk !== undefined) this.#addChunk(t, { complete: false });
    if (this.#length === 0 && !this.#isChunked) return;
    const keeps = !this.#isChunked && this.#length <= MAX_KEPT_LENGTH;
    this.#add({
      t,
      kind: this.#direction === 'up' ? 'http.req.body' : 'http.res.body',
      direction: this.#direction,
      answers: this.#headRow.number,
      ...(keeps && { octets: concatOctets(this.#pieces) }),
      data: {
        ...this.#reference(),
        length: this.#length,
        chunked: this.#isChunked,
        complete: isComplete,
      },
    });
    this.#pieces = [];
  }

  #addContent(octets: Uint8Array, t: number): void {
    this.#length += octets.length;
    for (const event of this.#events?.push(octets) ?? []) {
      this.#add({
        t,
        kind: 'sse.event',
        direction: this.#direction,
        answers: this.#headRow.number,
        octets: event.octets,
        data: {
          ...this.#reference(),
          id: event.lastEventId,
          event: event.type,
          data: event.data,
          number: ++this.#eventCount,
        },
      });
    }
  }

  #addChunk(t: number, more: Record<string, unknown>): void {
    const chunk = this.#chunk;
    if (chunk === undefined) return;
    this.#chunk = undefined;
    this.#add({
      t,
      kind: 'http.chunk',
      direction: this.#direction,
      answers: this.#headRow.number,
      octets: concatOctets(chunk.pieces),
      data: {
        ...this.#reference(),
        size: chunk.size,
        dataLength: chunk.dataLength,
        ...(chunk.extension !== '' && { extension: chunk.extension }),
        ...(chunk.violations.length > 0 && { violations: chunk.violations }),
        ...more,
      },
    });
  }

  #reference(): Record<string, unknown> {
    return { exchange: this.#headRow.data['exchange'] };
  }
}

function trailerData(fieldLines: readonly FieldLine[]): Record<string, unknown> {
  return fieldLines.length === 0 ? {} : { trailers: fieldRecord(fieldLines) };
}
