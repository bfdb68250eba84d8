import type { Row } from '#capture/row.ts';
import type { WebSocketViolation } from '#protocol/websocket/violation.ts';
import type { Outcome } from './presets.ts';

/** One thing that the robot sent, and what RFC 6455 says of it. */
export type Sent = {
  readonly row: number;
  readonly what: string;
  readonly broken: readonly WebSocketViolation[];
};

/** What came of the robot's last connection: by the RFC, and by `ws`. */
export type Verdict = {
  readonly sent: readonly Sent[];
  /** What `ws` sent back, in order. */
  readonly answers: readonly string[];
  readonly outcome: Outcome | undefined;
  /** The first close code that the RFC gives for what was sent. */
  readonly strictCode: number | undefined;
  /** `ws` took what the RFC forbids, or closed with another code. */
  readonly differs: boolean;
  /** Payload of the last frame, as it stood on the wire. */
  readonly onTheWire: Uint8Array | undefined;
};

const WHAT: Readonly<Record<number, string>> = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** Reads what became of the robot's last errand; `undefined` before the first. */
export function lastVerdict(rows: readonly Row[]): Verdict | undefined {
  const connection = rows.findLast(
    ({ sender, kind }) => sender === 'ROBOT' && kind === 'tcp.open',
  )?.connection;
  if (connection === undefined) return undefined;
  const own = rows.filter((row) => row.connection === connection && row.vantage === 'wire');
  const frames = (direction: 'up' | 'down') =>
    own.filter(
      (row) =>
        row.direction === direction && (row.kind === 'ws.frame' || row.kind === 'octets.unread'),
    );
  const sent = frames('up').map((row) => ({
    row: row.number,
    what: WHAT[Number(row.data['opcode'])] ?? `opcode ${textOf(row.data['opcode']) || '?'}`,
    broken: (row.data['violations'] ?? []) as readonly WebSocketViolation[],
  }));
  const strictCode = sent
    .flatMap(({ broken }) => broken)
    .find(({ closeCode }) => closeCode)?.closeCode;
  const down = frames('down');
  const closeCode = down.find(({ data }) => data['opcode'] === 8)?.data['closeCode'];
  const last = frames('up').at(-1);
  return {
    sent,
    answers: down.map(answerOf),
    outcome: outcomeOf(down),
    strictCode,
    differs: down.length > 0 && strictCode !== undefined && closeCode !== strictCode,
    onTheWire: last?.detail?.type === 'frame' ? last.detail.frame.payload : undefined,
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function answerOf({ data }: Row): string {
  const opcode = Number(data['opcode']);
  if (opcode === 8) return `close ${textOf(data['closeCode']) || 'without a code'}`;
  const length = Number(data['payloadLength']);
  const text = textOf(data['text']);
  const isShown = /^\P{C}{1,20}$/u.test(text);
  return `${WHAT[opcode] ?? 'frame'} ${isShown ? `“${text}”` : `of ${length} bytes`}`;
}

function outcomeOf(down: readonly Row[]): Outcome | undefined {
  const close = down.find(({ data }) => data['opcode'] === 8);
  if (close === undefined)
    return down.some(({ data }) => Number(data['opcode']) <= 2) ? 'echo' : undefined;
  const code = textOf(close.data['closeCode']);
  return code === '1000' || code === '1002' || code === '1007' || code === '1009' ? code : 'other';
}
