import { shortestLengthForm, type FrameHeader } from './frame.ts';
import { isControlOpcode, Opcode, opcodeName } from './opcode.ts';
import { webSocketViolations, type WebSocketViolation } from './violation.ts';

/** Who sent a frame. */
export type Role = 'client' | 'server';

/**
 * Lists what RFC 6455 forbids about one frame by itself, and RFC 7692 about its RSV1. All of it
 * stands in the header, so that a frame too long to be read can be judged too.
 *
 * Rules that need the frames before it: see `MessageAssembler`. A Close frame's body: see
 * `decodeCloseBody`.
 */
export function frameViolations(
  frame: FrameHeader,
  sentBy: Role,
  /** Names of the extensions that the opening handshake agreed on. */
  { extensions = [] }: { readonly extensions?: readonly string[] } = {},
): WebSocketViolation[] {
  const deflates = extensions.includes('permessage-deflate');
  const isControl = isControlOpcode(frame.opcode);
  // The top bit makes a length that no shorter form could hold, so it is not a question of form.
  const needsForm = frame.lengthTopBit ? 64 : shortestLengthForm(frame.payloadLength);
  return webSocketViolations({
    CLIENT_FRAME_NOT_MASKED: sentBy === 'client' && !frame.masked,
    SERVER_FRAME_MASKED: sentBy === 'server' && frame.masked,
    RSV1_WITHOUT_EXTENSION: frame.rsv1 && !deflates,
    RSV2_WITHOUT_EXTENSION: frame.rsv2,
    RSV3_WITHOUT_EXTENSION: frame.rsv3,
    RSV1_ON_CONTROL_FRAME: frame.rsv1 && deflates && isControl,
    RSV1_ON_CONTINUATION: frame.rsv1 && deflates && frame.opcode === Opcode.continuation,
    OPCODE_RESERVED: opcodeName(frame.opcode) === 'reserved',
    PAYLOAD_LENGTH_NOT_MINIMAL: frame.lengthForm > needsForm,
    PAYLOAD_LENGTH_TOP_BIT: frame.lengthTopBit,
    CONTROL_FRAME_FRAGMENTED: isControl && !frame.fin,
    CONTROL_FRAME_TOO_LONG: isControl && frame.payloadLength > 125,
  });
}
