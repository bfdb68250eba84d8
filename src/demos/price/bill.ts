import { batchOctets, layersBelow, type BatchOctets } from '#capture/batch-octets.ts';
import type { Row } from '#capture/row.ts';
import { octetsOfPolls } from './http2-polls.ts';

/** The transports that can be sent on, in the order of the bars. */
export const ways = ['down', 'up', 'events', 'events-plain', 'long', 'short', 'http2'] as const;

/** Those that “one after another” sends on. */
export const eachWay = ['down', 'up', 'events', 'long', 'short', 'http2'] as const;

/** What one message costs, by layers, in octets. */
export type Layers = {
  readonly payload: number;
  /** Heads, or a frame's header, or an event's fields and its chunk. */
  readonly around: number;
  /** Computed. */
  readonly tls: number;
  /** Computed. */
  readonly tcp: number;
};

/** What a batch of messages cost on one transport. */
export type Bill = {
  readonly way: string;
  readonly batch: number;
  readonly messages: number;
  /** Octets of each message. */
  readonly size: number;
  /** Heads that are paid once; none where each message has its own. */
  readonly setUp: number;
  /** Of one message, on average, set-up left out. */
  readonly each: Layers;
  /** Octets on the wire over those of the payload, by messages, set-up included. */
  readonly overhead: number;
};

/** The bills of all batches that are complete, the newest last. */
export function billsOf(rows: readonly Row[]): readonly Bill[] {
  const octets = batchOctets(rows, batchKey);
  return rows.flatMap(({ kind, data, connection }) => {
    if (kind !== 'server' || data['name'] !== 'sent') return [];
    const { way, batch, messages, size } = data as { way: string } & Record<string, number>;
    const found =
      way === 'http2' ? octetsOfPolls(rows, connection) : octets.get(`${way} ${String(batch)}`);
    return found === undefined
      ? []
      : [
          billOf(
            { way, batch: Number(batch), messages: Number(messages), size: Number(size) },
            found,
          ),
        ];
  });
}

/** The newest bill of a transport for messages of that size. */
export function billFor(bills: readonly Bill[], way: string, size: number): Bill | undefined {
  return bills.findLast((bill) => bill.way === way && bill.size === size);
}

function batchKey(requestTarget: string): string | undefined {
  const [, way, batch] = /\/price\/([a-z-]+)\?batch=(\d+)&/.exec(requestTarget) ?? [];
  return way === undefined ? undefined : `${way} ${String(batch)}`;
}

function billOf(
  sent: Pick<Bill, 'way' | 'batch' | 'messages' | 'size'>,
  { heads, after, polls, pushes }: BatchOctets,
): Bill {
  const { messages, size } = sent;
  const isPushed = pushes.length > 0;
  const setUp = isPushed ? heads : 0;
  const { tls, tcp } = layersBelow(isPushed ? pushes : polls);
  const around = heads + after - setUp - messages * size;
  return {
    ...sent,
    setUp,
    each: {
      payload: size,
      around: around / messages,
      tls: tls / messages,
      tcp: tcp / messages,
    },
    overhead: (setUp + around) / messages,
  };
}

/** A repeated request over HTTP/2 as the recording of the demo `http2-heads` has it, in octets. */
export const Http2Repeat = {
  /** The HEADERS frame of the request. */
  request: 39,
  /** The HEADERS frame of the answer. */
  answer: 21,
  /** RFC 9113 §4.1: what a DATA frame has before its content. */
  dataHeader: 9,
  /** RFC 9113 §6.5.2, SETTINGS_MAX_FRAME_SIZE: what one frame may carry unless told otherwise. */
  frameLength: 16_384,
} as const;

/** What a message by long polling costs over an HTTP/2 connection that is in use already. */
export function http2Layers(size: number): Layers {
  const { request, answer, dataHeader, frameLength } = Http2Repeat;
  const down = answer + dataHeader * Math.ceil(size / frameLength) + size;
  const { tls, tcp } = layersBelow([{ length: request }, { length: down }]);
  return { payload: size, around: request + down - size, tls, tcp };
}

/** Adds up the layers that are looked at. */
export function total({ payload, around, tls, tcp }: Layers, layers: string): number {
  return payload + around + (layers === 'all' ? tls + tcp : 0);
}
