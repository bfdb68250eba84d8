import { FieldBlockDecoder, type FieldBlock } from '#protocol/hpack/field-block-decoder.ts';
import { FrameReader, type FrameElement } from '#protocol/http2/frame-reader.ts';
import { FrameFlag, FrameType, type Frame } from '#protocol/http2/frame.ts';
import { payloadField } from '#protocol/http2/payload.ts';
import { concatOctets } from '#protocol/octets.ts';
import { http2Provider, type ProtocolReading } from '#capture/protocol-providers.ts';
import type { AddRow } from '#capture/row-draft.ts';
import { WebSocketRows } from '#capture/web-socket-rows.ts';
import type { Direction } from '#capture/wire-event.ts';
import { fieldsLength, fieldValues, frameData } from './frame-data.ts';
import { frameParts, prefaceParts } from './frame-parts.ts';

/** Lets every capture reader read HTTP/2 from now on. */
export function provideHttp2(): void {
  http2Provider.begin = (add) => new Http2Rows(add);
}

type Side = {
  readonly reader: FrameReader;
  readonly decoder: FieldBlockDecoder;
  /** Of the block whose frames are arriving. RFC 9113 §4.3. */
  fragments: Uint8Array[];
};

type Stream = {
  /** Of the row with the request's fields. */
  readonly requestRow: number;
  /** What the client asks to speak on it. RFC 8441 §4. */
  readonly protocol: string | undefined;
  webSocket?: WebSocketRows;
};

class Http2Rows implements ProtocolReading {
  readonly #add: AddRow;
  readonly #sides: Readonly<Record<Direction, Side>> = {
    up: newSide('client'),
    down: newSide('server'),
  };
  readonly #streams = new Map<number, Stream>();

  constructor(add: AddRow) {
    this.#add = add;
  }

  push(direction: Direction, octets: Uint8Array, t: number): void {
    for (const element of this.#sides[direction].reader.push(octets)) {
      this.#addElement(direction, element, t);
    }
  }

  end(direction: Direction, t: number): void {
    for (const element of this.#sides[direction].reader.end()) {
      this.#addElement(direction, element, t);
    }
    for (const { webSocket } of this.#streams.values()) webSocket?.end(direction, t);
  }

  #addElement(direction: Direction, element: FrameElement, t: number): void {
    const { octets } = element;
    switch (element.type) {
      case 'preface': {
        const parts = () => prefaceParts(octets);
        const detail = { type: 'binary', parts } as const;
        this.#add({ t, kind: 'h2.preface', direction, octets, detail, data: {} });
        break;
      }
      case 'frame':
        this.#addFrame(direction, element.frame, octets, t);
        break;
      case 'unread': {
        const data = { code: element.code };
        this.#add({ t, kind: 'octets.unread', direction, octets, data });
        break;
      }
    }
  }

  #addFrame(direction: Direction, frame: Frame, octets: Uint8Array, t: number): void {
    const stream = this.#streams.get(frame.streamId);
    const tunnel = frame.type === FrameType.data ? stream?.webSocket : undefined;
    const { block, isWhole } = this.#fieldBlock(direction, frame);
    const fields = block && fieldValues(block);
    const row = this.#add({
      t,
      kind: 'h2.frame',
      direction,
      octets,
      detail: {
        type: 'binary',
        parts: () =>
          frameParts(frame, {
            block: isWhole ? block : undefined,
            tunnel: tunnel !== undefined,
          }),
      },
      data: {
        ...frameData(frame),
        ...(block && { fields, fieldsLength: fieldsLength(block) }),
        ...(block?.error !== undefined && { fieldBlockError: block.error.code }),
        ...(tunnel !== undefined && { tunnel: 'websocket' }),
      },
      ...(direction === 'down' && stream !== undefined && { answers: stream.requestRow }),
    });
    tunnel?.push(direction, payloadField(frame, 'data'), t);
    if (fields !== undefined && direction === 'up' && stream === undefined) {
      this.#streams.set(frame.streamId, { requestRow: row.number, protocol: fields[':protocol'] });
    }
    if (fields !== undefined && direction === 'down' && stream !== undefined) {
      this.#answer(frame.streamId, stream, fields[':status'], t);
    }
  }

  /** A response to an extended CONNECT is the opening handshake's end. RFC 8441 §5. */
  #answer(streamId: number, stream: Stream, status: string | undefined, t: number): void {
    if (stream.protocol !== 'websocket' || stream.webSocket !== undefined) return;
    if (status === undefined || status.startsWith('1')) return;
    const place = { transport: 'h2', stream: streamId };
    const accepted = status.startsWith('2');
    this.#add({
      t,
      kind: 'ws.handshake',
      direction: 'down',
      answers: stream.requestRow,
      data: { ...place, accepted, statusCode: Number(status), violations: [] },
    });
    if (!accepted) return;
    const add: AddRow = (draft) => this.#add({ ...draft, data: { ...draft.data, ...place } });
    stream.webSocket = new WebSocketRows(add, []);
  }

  /**
   * Decodes the block that this frame ends.
   *
   * @returns `isWhole`: it began with this frame too, so its octets stand in this one.
   */
  #fieldBlock(direction: Direction, frame: Frame): { block?: FieldBlock; isWhole: boolean } {
    const side = this.#sides[direction];
    const { type, flags } = frame;
    const begins = type === FrameType.headers || type === FrameType.pushPromise;
    if (!begins && type !== FrameType.continuation) return { isWhole: false };
    if (begins) side.fragments = [];
    side.fragments.push(payloadField(frame, 'field-block-fragment'));
    if ((flags & FrameFlag.endHeaders) === 0) return { isWhole: false };
    const block = side.decoder.decode(concatOctets(side.fragments.splice(0)));
    return { block, isWhole: begins };
  }
}

function newSide(sentBy: 'client' | 'server'): Side {
  return {
    reader: new FrameReader({ sentBy }),
    decoder: new FieldBlockDecoder(),
    fragments: [],
  };
}
