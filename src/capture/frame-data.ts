import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import type { Role } from '#protocol/websocket/frame-violations.ts';
import type { Frame } from '#protocol/websocket/frame.ts';
import { Opcode, opcodeName } from '#protocol/websocket/opcode.ts';
import type { WebSocketViolation } from '#protocol/websocket/violation.ts';
import type { Row } from './row.ts';
import { textPreview } from './text-preview.ts';

/**
 * Plain values of a frame's row.
 *
 * @param messageOpcode of the message that the frame belongs to: a continuation has no type of its own.
 * @param violations all but those of a Close frame's body
 */
export function frameData(
  frame: Frame,
  messageOpcode: number | undefined,
  violations: readonly WebSocketViolation[],
  sentBy: Role,
): Row['data'] {
  const { fin, rsv1, rsv2, rsv3, opcode, masked, payloadLength, lengthForm, headerLength } = frame;
  const close =
    opcode === Opcode.close ? decodeCloseBody(frame.applicationData, sentBy) : undefined;
  const text = isText(frame, messageOpcode) ? textPreview(frame.applicationData) : undefined;
  return {
    fin,
    rsv1,
    rsv2,
    rsv3,
    opcode,
    opcodeName: opcodeName(opcode),
    masked,
    payloadLength,
    lengthForm,
    headerLength,
    ...(close?.closeCode !== undefined && { closeCode: close.closeCode }),
    ...(close?.closeReason !== undefined && { closeReason: close.closeReason }),
    ...(text !== undefined && { text }),
    violations: [...violations, ...(close?.violations ?? [])],
  };
}

function isText(frame: Frame, messageOpcode: number | undefined): boolean {
  if (frame.rsv1 || frame.opcode === Opcode.close) return false;
  if (frame.opcode === Opcode.ping || frame.opcode === Opcode.pong) return true;
  return frame.opcode <= Opcode.text && messageOpcode === Opcode.text;
}
