import type { Row } from '#capture/row.ts';
import type { Direction } from '#capture/wire-event.ts';
import { concatOctets } from '#protocol/octets.ts';
import type { Extension } from '#protocol/websocket/extensions.ts';
import type { Message } from '#protocol/websocket/message-assembler.ts';
import type { Role } from '#protocol/websocket/frame-violations.ts';
import { isControlOpcode, Opcode } from '#protocol/websocket/opcode.ts';
import { deflateContext, MessageInflater } from '#protocol/websocket/permessage-deflate.ts';
import { base64FromOctets } from './base64.ts';
import type { HarWebSocketClosed, HarWebSocketMessage } from './har-format.ts';

/**
 * Lists messages and control frames of one WebSocket, in the order in which they were complete.
 *
 * @param rows of its connection, from the handshake on
 * @param rowAt finds any row by its number
 * @param secondsAt tells a row's time in seconds since 1970
 * @param accepted extensions, as the handshake's response lists them
 */
export function harWebSocketMessages(
  rows: readonly Row[],
  rowAt: (number: number) => Row | undefined,
  secondsAt: (t: number) => number,
  accepted: readonly Extension[],
): HarWebSocketMessage[] {
  // Rows keep the beginning of what was inflated, an archive has it whole: it is inflated again.
  const inflaters = { up: inflaterOf(accepted, 'client'), down: inflaterOf(accepted, 'server') };
  return rows.flatMap((row) => {
    const { direction } = row;
    if (direction === undefined) return [];
    const common = { type: typeOf(direction), time: secondsAt(row.t) };
    if (row.kind === 'ws.message') {
      return [{ ...common, ...messageFields(messageOf(row, rowAt), inflaters[direction]) }];
    }
    if (row.detail?.type !== 'frame' || !isControlOpcode(row.detail.frame.opcode)) return [];
    const { opcode, applicationData } = row.detail.frame;
    return [{ ...common, opcode, data: base64FromOctets(applicationData) }];
  });
}

function inflaterOf(accepted: readonly Extension[], role: Role): MessageInflater | undefined {
  const context = deflateContext(accepted, role);
  return context && new MessageInflater(context);
}

function messageOf({ data }: Row, rowAt: (number: number) => Row | undefined): Message {
  const frames = Array.isArray(data['frames']) ? (data['frames'] as readonly number[]) : [];
  const pieces = frames.flatMap((number) => {
    const detail = rowAt(number)?.detail;
    return detail?.type === 'frame' ? [detail.frame.applicationData] : [];
  });
  return {
    type: data['type'] === 'text' ? 'text' : 'binary',
    compressed: data['compressed'] === true,
    applicationData: concatOctets(pieces),
    fragments: pieces.length,
  };
}

function messageFields(
  message: Message,
  inflater: MessageInflater | undefined,
): Omit<HarWebSocketMessage, 'type' | 'time'> {
  const { type, compressed, applicationData: sent } = message;
  const opcode = type === 'text' ? Opcode.text : Opcode.binary;
  const meant = compressed ? inflater?.push(message).applicationData : sent;
  if (meant === undefined) {
    return { opcode, data: base64FromOctets(sent), _compressed: 'not inflated' };
  }
  const data =
    opcode === Opcode.binary
      ? base64FromOctets(meant)
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(meant);
  return { opcode, data, ...(compressed && { _compressed: sent.length }) };
}

/**
 * Tells how one WebSocket was closed. RFC 6455 §7.1.5.
 *
 * @returns `undefined` while it is open.
 */
export function harWebSocketClosed(
  rows: readonly Row[],
  secondsAt: (t: number) => number,
): HarWebSocketClosed | undefined {
  const frame = rows.find(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === 8);
  if (frame?.direction !== undefined) {
    const { closeCode, closeReason } = frame.data;
    return {
      code: typeof closeCode === 'number' ? closeCode : 1005,
      reason: typeof closeReason === 'string' ? closeReason : '',
      type: typeOf(frame.direction),
      time: secondsAt(frame.t),
    };
  }
  const close = rows.find(({ kind }) => kind === 'tcp.close');
  return close && { code: 1006, reason: '', time: secondsAt(close.t) };
}

function typeOf(direction: Direction): HarWebSocketMessage['type'] {
  return direction === 'up' ? 'send' : 'receive';
}
