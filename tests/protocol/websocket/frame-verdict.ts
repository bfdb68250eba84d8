import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import { frameViolations, type Role } from '#protocol/websocket/frame-violations.ts';
import { FrameReader, type FrameElement } from '#protocol/websocket/frame-reader.ts';
import { MessageAssembler, type Message } from '#protocol/websocket/message-assembler.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import type { WebSocketViolation } from '#protocol/websocket/violation.ts';

/** All that we make of one side's octets after the opening handshake. */
export type FrameVerdict = {
  readonly elements: readonly FrameElement[];
  readonly messages: readonly Message[];
  /** In the order of the octets. */
  readonly violations: readonly WebSocketViolation[];
  /** The same per element. */
  readonly byElement: readonly (readonly WebSocketViolation[])[];
};

/** Decodes and judges octets that one side sent. */
export function frameVerdict(
  octets: Uint8Array,
  sentBy: Role,
  extensions: readonly string[] = [],
): FrameVerdict {
  const [reader, assembler] = [new FrameReader(), new MessageAssembler()];
  const elements = [...reader.push(octets), ...reader.end()];
  const messages: Message[] = [];
  const byElement = elements.map((element) => {
    const violations: WebSocketViolation[] = [];
    const header = element.type === 'frame' ? element.frame : element.header;
    if (header !== undefined) violations.push(...frameViolations(header, sentBy, { extensions }));
    if (element.type !== 'frame') return violations;
    const { frame } = element;
    const { message, violations: broken } = assembler.push(frame);
    violations.push(...broken);
    if (message !== undefined) messages.push(message);
    if (frame.opcode !== Opcode.close) return violations;
    violations.push(...decodeCloseBody(frame.applicationData, sentBy).violations);
    return violations;
  });
  return { elements, messages, violations: byElement.flat(), byElement };
}
