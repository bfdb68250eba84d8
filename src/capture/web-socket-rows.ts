import { sameOctets } from '#protocol/octets.ts';
import type { Extension } from '#protocol/websocket/extensions.ts';
import { frameViolations, type Role } from '#protocol/websocket/frame-violations.ts';
import { FrameReader, type FrameElement } from '#protocol/websocket/frame-reader.ts';
import type { Frame, FrameHeader } from '#protocol/websocket/frame.ts';
import { MessageAssembler, type Message } from '#protocol/websocket/message-assembler.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { deflateContext, MessageInflater } from '#protocol/websocket/permessage-deflate.ts';
import type { WebSocketViolation } from '#protocol/websocket/violation.ts';
import { frameData } from './frame-data.ts';
import { messageData, messageDetail } from './message-data.ts';
import type { AddRow } from './row-draft.ts';
import type { Direction } from './wire-event.ts';

type Side = {
  readonly reader: FrameReader;
  readonly assembler: MessageAssembler;
  /** Absent when permessage-deflate was not accepted. */
  readonly inflater: MessageInflater | undefined;
  /** Type of the message whose frames are arriving. */
  messageOpcode: number | undefined;
  /** Rows of its frames so far. */
  frameRows: number[];
  /** Pings of this side without an answer. */
  readonly pings: { readonly rowNumber: number; readonly applicationData: Uint8Array }[];
  closeRow: number | undefined;
};

/** More are legal, but then the oldest has waited long enough. */
const MAX_PINGS = 64;

/** Turns the octets after an opening handshake into rows of frames and messages. */
export class WebSocketRows {
  readonly #add: AddRow;
  /** Extensions that the handshake agreed on. */
  readonly accepted: readonly Extension[];
  readonly #extensions: readonly string[];
  readonly #sides: Readonly<Record<Direction, Side>>;

  /** @param accepted extensions, as the handshake's response lists them */
  constructor(add: AddRow, accepted: readonly Extension[]) {
    this.#add = add;
    this.accepted = accepted;
    this.#extensions = accepted.map(({ name }) => name);
    this.#sides = { up: newSide(accepted, 'client'), down: newSide(accepted, 'server') };
  }

  /**
   * Whether what comes next in a direction is read as it would be at the beginning: its rows depend
   * on nothing that came before, unless it is compressed.
   */
  isAtRest(direction: Direction): boolean {
    const { reader, assembler } = this.#sides[direction];
    return reader.isBetweenFrames && assembler.isBetweenMessages;
  }

  push(direction: Direction, octets: Uint8Array, t: number): void {
    for (const element of this.#sides[direction].reader.push(octets)) {
      this.#addElement(direction, element, t);
    }
  }

  /** Says that a direction sends no more. */
  end(direction: Direction, t: number): void {
    for (const element of this.#sides[direction].reader.end()) {
      this.#addElement(direction, element, t);
    }
  }

  #addElement(direction: Direction, element: FrameElement, t: number): void {
    const { octets } = element;
    if (element.type === 'frame') {
      this.#addFrame(direction, element.frame, octets, t);
    } else {
      const { code, header } = element;
      const violations = header === undefined ? [] : this.#violations(direction, header);
      const data = { code, ...(violations.length > 0 && { violations }) };
      this.#add({ t, kind: 'octets.unread', direction, octets, data });
    }
  }

  #addFrame(direction: Direction, frame: Frame, octets: Uint8Array, t: number): void {
    const side = this.#sides[direction];
    if (frame.opcode === Opcode.text || frame.opcode === Opcode.binary) {
      side.messageOpcode = frame.opcode;
      side.frameRows = [];
    }
    const { message, violations } = side.assembler.push(frame);
    const broken = [...this.#violations(direction, frame), ...violations];
    const answers = this.#answered(direction, frame);
    const row = this.#add({
      t,
      kind: 'ws.frame',
      direction,
      octets,
      detail: { type: 'frame', frame },
      data: frameData(frame, side.messageOpcode, broken, roleOf(direction)),
      ...(answers !== undefined && { answers }),
    });
    this.#remember(side, frame, row.number);
    if (message !== undefined) this.#addMessage(direction, message, row.number, t);
  }

  #addMessage(direction: Direction, message: Message, lastFrame: number, t: number): void {
    const side = this.#sides[direction];
    const { frameRows } = side;
    const inflated = message.compressed ? side.inflater?.push(message) : undefined;
    const detail = inflated && messageDetail(inflated);
    this.#add({
      t,
      kind: 'ws.message',
      direction,
      ...(detail && { detail }),
      data: messageData(message, frameRows, inflated),
      answers: frameRows[0] ?? lastFrame,
    });
    side.frameRows = [];
    side.messageOpcode = undefined;
  }

  #violations(direction: Direction, frame: FrameHeader): WebSocketViolation[] {
    return frameViolations(frame, roleOf(direction), { extensions: this.#extensions });
  }

  /** RFC 6455 §5.5.3: a Pong repeats its Ping's data. §5.5.1: a Close is answered by a Close. */
  #answered(direction: Direction, frame: Frame): number | undefined {
    const other = this.#sides[direction === 'up' ? 'down' : 'up'];
    if (frame.opcode === Opcode.close) return other.closeRow;
    if (frame.opcode !== Opcode.pong) return undefined;
    const at = other.pings.findLastIndex((ping) =>
      sameOctets(ping.applicationData, frame.applicationData),
    );
    // A Pong may answer the newest of several Pings; the older ones then get none.
    return at === -1 ? undefined : other.pings.splice(0, at + 1).at(-1)?.rowNumber;
  }

  #remember(side: Side, frame: Frame, rowNumber: number): void {
    if (frame.opcode <= Opcode.binary) side.frameRows.push(rowNumber);
    if (frame.opcode === Opcode.close) side.closeRow ??= rowNumber;
    if (frame.opcode !== Opcode.ping) return;
    side.pings.push({ rowNumber, applicationData: frame.applicationData });
    if (side.pings.length > MAX_PINGS) side.pings.shift();
  }
}

function roleOf(direction: Direction): Role {
  return direction === 'up' ? 'client' : 'server';
}

function newSide(accepted: readonly Extension[], role: Role): Side {
  const context = deflateContext(accepted, role);
  return {
    reader: new FrameReader(),
    assembler: new MessageAssembler(),
    inflater: context && new MessageInflater(context),
    messageOpcode: undefined,
    frameRows: [],
    pings: [],
    closeRow: undefined,
  };
}
