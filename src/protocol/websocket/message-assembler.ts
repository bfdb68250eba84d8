import { concatOctets } from '#protocol/octets.ts';
import type { Frame } from './frame.ts';
import { isControlOpcode, Opcode, opcodeName } from './opcode.ts';
import {
  webSocketViolation,
  type WebSocketViolation,
  type WebSocketViolationCode,
} from './violation.ts';

/** A data message. RFC 6455 §5.6. */
export type Message = {
  readonly type: 'text' | 'binary';
  /** Whether RSV1 of its first frame says that it is deflated. RFC 7692 §6. */
  readonly compressed: boolean;
  readonly applicationData: Uint8Array;
  /** Number of frames that it came in. */
  readonly fragments: number;
};

/** What one more frame leads to. */
export type Assembled = {
  /** The message that this frame ends. */
  readonly message?: Message;
  readonly violations: readonly WebSocketViolation[];
};

type OpenMessage = {
  readonly type: Message['type'];
  readonly compressed: boolean;
  readonly pieces: Uint8Array[];
  /** Reads a text's octets over the ends of frames; `undefined` once they were not UTF-8. */
  decoder: TextDecoder | undefined;
};

/** Puts the frames of one direction together to messages, and judges their order. RFC 6455 §5.4. */
export class MessageAssembler {
  #open: OpenMessage | undefined;
  #hasClosed = false;

  /** Control frames pass through between a message's frames. RFC 6455 §5.5. */
  push(frame: Frame): Assembled {
    const codes: WebSocketViolationCode[] = this.#hasClosed ? ['FRAME_AFTER_CLOSE'] : [];
    const message = isControlOpcode(frame.opcode) ? undefined : this.#add(frame, codes);
    if (frame.opcode === Opcode.close) this.#hasClosed = true;
    return { ...(message && { message }), violations: codes.map(webSocketViolation) };
  }

  #add(frame: Frame, codes: WebSocketViolationCode[]): Message | undefined {
    if (opcodeName(frame.opcode) === 'reserved') return undefined;
    if (frame.opcode === Opcode.continuation) {
      if (this.#open === undefined) {
        codes.push('CONTINUATION_WITHOUT_MESSAGE');
        return undefined;
      }
    } else {
      // The unfinished one is given up: its receiver would close here.
      if (this.#open !== undefined) codes.push('MESSAGE_INSIDE_MESSAGE');
      this.#open = openMessage(frame);
    }
    return this.#append(this.#open, frame, codes);
  }

  #append(open: OpenMessage, frame: Frame, codes: WebSocketViolationCode[]): Message | undefined {
    open.pieces.push(frame.applicationData);
    if (!decodes(open.decoder, frame)) {
      codes.push('TEXT_NOT_UTF8');
      open.decoder = undefined;
    }
    if (!frame.fin) return undefined;
    this.#open = undefined;
    return {
      type: open.type,
      compressed: open.compressed,
      applicationData: concatOctets(open.pieces),
      fragments: open.pieces.length,
    };
  }
}

function openMessage(frame: Frame): OpenMessage {
  const type = frame.opcode === Opcode.text ? 'text' : 'binary';
  const readsText = type === 'text' && !frame.rsv1;
  return {
    type,
    compressed: frame.rsv1,
    pieces: [],
    decoder: readsText ? new TextDecoder('utf-8', { fatal: true }) : undefined,
  };
}

/** RFC 6455 §8.1: seen at the first octet that can't be UTF-8, not only when the message ends. */
function decodes(decoder: TextDecoder | undefined, frame: Frame): boolean {
  try {
    decoder?.decode(frame.applicationData, { stream: !frame.fin });
    return true;
  } catch {
    return false;
  }
}
