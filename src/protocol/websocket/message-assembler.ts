import { concatOctets } from '#protocol/octets.ts';
import type { Frame } from './frame.ts';
import { isControlOpcode, Opcode, opcodeName } from './opcode.ts';
import { Utf8Reader } from './utf8.ts';
import { webSocketViolation, type WebSocketViolation } from './violation.ts';

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
  utf8: Utf8Reader | undefined;
};

/** Puts the frames of one direction together to messages, and judges their order. RFC 6455 §5.4. */
export class MessageAssembler {
  #open: OpenMessage | undefined;
  #hasClosed = false;

  /** Whether a data frame would begin a message, and one that may still come. */
  get isBetweenMessages(): boolean {
    return this.#open === undefined && !this.#hasClosed;
  }

  /** Control frames pass through between a message's frames. RFC 6455 §5.5. */
  push(frame: Frame): Assembled {
    const violations = this.#hasClosed ? afterClose(frame) : [];
    const message = isControlOpcode(frame.opcode) ? undefined : this.#add(frame, violations);
    if (frame.opcode === Opcode.close) this.#hasClosed = true;
    return { ...(message && { message }), violations };
  }

  #add(frame: Frame, violations: WebSocketViolation[]): Message | undefined {
    if (opcodeName(frame.opcode) === 'reserved') return undefined;
    if (frame.opcode === Opcode.continuation) {
      if (this.#open === undefined) {
        violations.push(webSocketViolation('CONTINUATION_WITHOUT_MESSAGE'));
        return undefined;
      }
    } else {
      // The unfinished one is given up: its receiver would close here.
      if (this.#open !== undefined) violations.push(webSocketViolation('MESSAGE_INSIDE_MESSAGE'));
      this.#open = openMessage(frame);
    }
    return this.#append(this.#open, frame, violations);
  }

  #append(open: OpenMessage, frame: Frame, violations: WebSocketViolation[]): Message | undefined {
    open.pieces.push(frame.applicationData);
    const badOffset = open.utf8?.push(frame.applicationData, frame.fin);
    if (badOffset !== undefined) {
      // Seen at the first octet that can't be UTF-8, not only when the message ends (§8.1).
      violations.push(webSocketViolation('TEXT_NOT_UTF8', badOffset));
      open.utf8 = undefined;
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
  const utf8 = type === 'text' && !frame.rsv1 ? new Utf8Reader() : undefined;
  return { type, compressed: frame.rsv1, pieces: [], utf8 };
}

/**
 * RFC 6455 §5.5.1 forbids data frames after a Close. Of several Close frames only the first counts
 * (§7.1.5). Ping and Pong stay legal until the connection is closed (§5.5.2, §5.5.3).
 */
function afterClose(frame: Frame): WebSocketViolation[] {
  if (frame.opcode === Opcode.close) return [webSocketViolation('CLOSE_REPEATED')];
  return isControlOpcode(frame.opcode) ? [] : [webSocketViolation('FRAME_AFTER_CLOSE')];
}
