import type { Row } from '#capture/row.ts';
import { hexFromOctets } from '#protocol/octets.ts';
import { tsharkFields } from './tshark.ts';

/** A frame in the terms that both readers have. */
export type ComparedFrame = {
  readonly fin: boolean;
  /** RSV1 is 4, RSV2 is 2, RSV3 is 1. */
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly lengthForm: 7 | 16 | 64;
  readonly payloadLength: number;
  readonly maskingKey: string | undefined;
  readonly closeCode: number | undefined;
};

/** Frames by connection and direction: `1 up`, in the order of connections in the run. */
export type ComparedStreams = ReadonlyMap<string, readonly ComparedFrame[]>;

const FIELDS = [
  'tcp.stream',
  'tcp.dstport',
  'websocket.fin',
  'websocket.rsv',
  'websocket.opcode',
  'websocket.mask',
  'websocket.payload_length',
  'websocket.payload_length_ext_16',
  'websocket.payload_length_ext_64',
  'websocket.masking_key',
  'websocket.payload.close.status_code',
] as const;

/** The frames that tshark reads in a capture file with one stream per connection. */
export async function framesByTshark(file: Uint8Array): Promise<ComparedStreams> {
  const packets = await tsharkFields(file, 'websocket', FIELDS);
  const streams = new Map<string, ComparedFrame[]>();
  for (const packet of packets) {
    const [stream = ''] = packet['tcp.stream'];
    const direction = packet['tcp.dstport'][0] === '4321' ? 'up' : 'down';
    const key = `${Number(stream) + 1} ${direction}`;
    streams.set(key, [...(streams.get(key) ?? []), ...framesOfPacket(packet)]);
  }
  return streams;
}

/** A field that only some frames have is a shorter list: each such frame takes the next value. */
function framesOfPacket(packet: Record<(typeof FIELDS)[number], string[]>): ComparedFrame[] {
  const take = (field: (typeof FIELDS)[number]): string => {
    const value = packet[field].shift();
    if (value === undefined) throw new Error(`tshark has no ${field} for one of its frames`);
    return value;
  };
  const count = packet['websocket.opcode'].length;
  const frames = Array.from({ length: count }, () => {
    const opcode = Number(take('websocket.opcode'));
    const length7 = Number(take('websocket.payload_length'));
    const lengthForm = length7 === 127 ? 64 : length7 === 126 ? 16 : 7;
    const payloadLength =
      lengthForm === 7 ? length7 : Number(take(`websocket.payload_length_ext_${lengthForm}`));
    const masked = take('websocket.mask') === '1';
    const hasCode = opcode === 8 && payloadLength >= 2;
    return {
      fin: take('websocket.fin') === '1',
      rsv: Number(take('websocket.rsv')),
      opcode,
      masked,
      lengthForm,
      payloadLength,
      maskingKey: masked ? take('websocket.masking_key').replaceAll(':', '') : undefined,
      closeCode: hasCode ? Number(take('websocket.payload.close.status_code')) : undefined,
    } as const;
  });
  const left = FIELDS.slice(2).filter((field) => packet[field].length > 0);
  if (left.length > 0) throw new Error(`tshark has more than its frames: ${left.join(', ')}`);
  return frames;
}

/** The frames that we read. */
export function framesOfRows(rows: readonly Row[]): ComparedStreams {
  const streams = new Map<string, ComparedFrame[]>();
  for (const { connection, direction, detail, data } of rows) {
    if (detail?.type !== 'frame') continue;
    const { frame } = detail;
    const key = `${connection} ${direction}`;
    const { closeCode } = data;
    const compared: ComparedFrame = {
      fin: frame.fin,
      rsv: Number(frame.rsv1) * 4 + Number(frame.rsv2) * 2 + Number(frame.rsv3),
      opcode: frame.opcode,
      masked: frame.masked,
      lengthForm: frame.lengthForm,
      payloadLength: frame.payloadLength,
      maskingKey: frame.maskingKey && hexFromOctets(frame.maskingKey),
      closeCode: typeof closeCode === 'number' ? closeCode : undefined,
    };
    streams.set(key, [...(streams.get(key) ?? []), compared]);
  }
  return streams;
}
