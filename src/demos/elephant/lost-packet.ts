/** A path on which one packet gets lost: times in milliseconds. */
export const Model = {
  packets: 12,
  /** Packets take turns: one of stream A, one of B, one of C. */
  streams: ['A', 'B', 'C'],
  /** From one packet to the next. */
  gapMs: 10,
  /** One way. */
  delayMs: 50,
  /**
   * So many later packets have to arrive before the sender takes one for lost: RFC 9002 §6.1.1, and
   * duplicate acknowledgements of TCP likewise, RFC 5681 §3.2.
   */
  threshold: 3,
} as const;

/** When one packet leaves, arrives, and can be read by the program. */
export type Packet = {
  readonly number: number;
  readonly stream: string;
  readonly isLost: boolean;
  /** Of a lost one, when it arrives at the second try. */
  readonly arrivedMs: number;
  /** One row of octets for all: RFC 9293 §2.2. */
  readonly readOverTcpMs: number;
  /** A row for each stream: RFC 9000 §2.2. */
  readonly readOverQuicMs: number;
};

/** What becomes of all packets when that one is lost; it needs {@link Model.threshold} behind it. */
export function losePacket(lost: number): readonly Packet[] {
  const { packets, streams, gapMs, delayMs, threshold } = Model;
  const arrivals = Array.from({ length: packets }, (_, index) => {
    const arrivedMs = index * gapMs + delayMs;
    // There the loss is seen, which is told in one way; the second try takes another.
    return index + 1 === lost ? arrivedMs + threshold * gapMs + 2 * delayMs : arrivedMs;
  });
  const latestUpTo = (last: number, step: number) =>
    Math.max(...arrivals.filter((_, index) => index <= last && (last - index) % step === 0));
  return arrivals.map((arrivedMs, index) => ({
    number: index + 1,
    stream: streams[index % streams.length] ?? '',
    isLost: index + 1 === lost,
    arrivedMs,
    readOverTcpMs: latestUpTo(index, 1),
    readOverQuicMs: latestUpTo(index, streams.length),
  }));
}
