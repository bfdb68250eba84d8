import type { Row } from '#capture/row.ts';
import type { Direction } from '#capture/wire-event.ts';
import { concatOctets } from '#protocol/octets.ts';
import { isControlOpcode, Opcode } from '#protocol/websocket/opcode.ts';
import { base64FromOctets } from './base64.ts';
import type { HarWebSocketClosed, HarWebSocketMessage } from './har-format.ts';

/**
 * Lists messages and control frames of one WebSocket, in the order in which they were complete.
 *
 * @param rows of its connection, from the handshake on
 * @param rowAt finds any row by its number
 * @param secondsAt tells a row's time in seconds since 1970
 */
export function harWebSocketMessages(
  rows: readonly Row[],
  rowAt: (number: number) => Row | undefined,
  secondsAt: (t: number) => number,
): HarWebSocketMessage[] {
  return rows.flatMap((row) => {
    const { direction } = row;
    if (direction === undefined) return [];
    const common = { type: typeOf(direction), time: secondsAt(row.t) };
    if (row.kind === 'ws.message') return [{ ...common, ...messageData(row, rowAt) }];
    if (row.detail?.type !== 'frame' || !isControlOpcode(row.detail.frame.opcode)) return [];
    const { opcode, applicationData } = row.detail.frame;
    return [{ ...common, opcode, data: base64FromOctets(applicationData) }];
  });
}

function messageData(
  { data }: Row,
  rowAt: (number: number) => Row | undefined,
): Pick<HarWebSocketMessage, 'opcode' | 'data' | '_compressed'> {
  const frames = Array.isArray(data['frames']) ? (data['frames'] as readonly number[]) : [];
  const octets = concatOctets(
    frames.flatMap((number) => {
      const detail = rowAt(number)?.detail;
      return detail?.type === 'frame' ? [detail.frame.applicationData] : [];
    }),
  );
  const opcode = data['type'] === 'text' ? Opcode.text : Opcode.binary;
  if (data['compressed'] === true) {
    return { opcode, data: base64FromOctets(octets), _compressed: true };
  }
  if (opcode === Opcode.binary) return { opcode, data: base64FromOctets(octets) };
  return { opcode, data: new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets) };
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
