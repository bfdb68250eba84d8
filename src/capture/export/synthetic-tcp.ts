import type { Direction } from '#capture/wire-event.ts';
import { ControlBit, encodePacket, WINDOW, type Endpoint } from './ip-packet.ts';

type Side = {
  readonly endpoint: Endpoint;
  /** Of the next octet that it sends. */
  sequenceNumber: number;
  /** Of the other side's octets, the next one that it has not acknowledged. */
  acknowledged: number;
  hasFinished: boolean;
};

const { ack, fin, psh, rst, syn } = ControlBit;

/** Other than 0, so that reading absolute and relative sequence numbers can't be mixed up. */
const INITIAL_SEQUENCE_NUMBERS = { up: 1_000_000, down: 2_000_000 } as const;

/**
 * Makes up the TCP/IP packets that could have carried a connection's octets: the tap sees reads and
 * writes, not segments. RFC 9293.
 */
export class SyntheticTcp {
  readonly #write: (packet: Uint8Array) => void;
  readonly #maxSegmentSize: number;
  readonly #sides: Readonly<Record<Direction, Side>>;
  #isReset = false;

  constructor(options: {
    readonly client: Endpoint;
    readonly server: Endpoint;
    readonly maxSegmentSize: number;
    readonly write: (packet: Uint8Array) => void;
  }) {
    this.#write = options.write;
    this.#maxSegmentSize = options.maxSegmentSize;
    this.#sides = {
      up: newSide(options.client, INITIAL_SEQUENCE_NUMBERS.up),
      down: newSide(options.server, INITIAL_SEQUENCE_NUMBERS.down),
    };
  }

  /** The handshake of three. RFC 9293 §3.5. */
  open(): void {
    const size = this.#maxSegmentSize;
    const options = Uint8Array.of(2, 4, size >> 8, size & 0xff);
    this.#segment('up', { control: syn, options, takes: 1 });
    this.#segment('down', { control: syn | ack, options, takes: 1 });
    this.#acknowledge('up');
  }

  /** Data in segments up to the maximum size, each window acknowledged before it is full. */
  send(direction: Direction, octets: Uint8Array): void {
    const receiver = other(direction);
    for (let at = 0; at < octets.length; at += this.#maxSegmentSize) {
      const data = octets.subarray(at, at + this.#maxSegmentSize);
      const isLast = at + data.length === octets.length;
      if (this.#inFlight(direction) + data.length > WINDOW / 2) this.#acknowledge(receiver);
      this.#segment(direction, { control: isLast ? psh | ack : ack, data, takes: data.length });
    }
    this.#acknowledge(receiver);
  }

  /** One side sends no more. */
  finish(direction: Direction): void {
    const side = this.#sides[direction];
    if (side.hasFinished) return;
    side.hasFinished = true;
    this.#segment(direction, { control: fin | ack, takes: 1 });
    this.#acknowledge(other(direction));
  }

  /**
   * The connection is gone: reset after an error, otherwise finished by the server, where the tap
   * sits. RFC 9293 §3.5.2.
   */
  close(hadError: boolean): void {
    if (!hadError) {
      this.finish('down');
    } else if (!this.#isReset) {
      this.#isReset = true;
      this.#segment('up', { control: rst | ack, takes: 0 });
    }
  }

  /** Leaves room for octets that were not captured. */
  skip(length: number): void {
    for (const side of Object.values(this.#sides)) side.sequenceNumber += length;
  }

  #inFlight(direction: Direction): number {
    return this.#sides[direction].sequenceNumber - this.#sides[other(direction)].acknowledged;
  }

  #acknowledge(by: Direction): void {
    if (this.#sides[by].acknowledged === this.#sides[other(by)].sequenceNumber) return;
    this.#segment(by, { control: ack, takes: 0 });
  }

  #segment(
    from: Direction,
    segment: { control: number; options?: Uint8Array; data?: Uint8Array; takes: number },
  ): void {
    const { takes, ...rest } = segment;
    const [sender, receiver] = [this.#sides[from], this.#sides[other(from)]];
    const acknowledges = (segment.control & ack) !== 0;
    if (acknowledges) sender.acknowledged = receiver.sequenceNumber;
    this.#write(
      encodePacket({
        ...rest,
        source: sender.endpoint,
        destination: receiver.endpoint,
        sequenceNumber: sender.sequenceNumber >>> 0,
        acknowledgmentNumber: acknowledges ? sender.acknowledged >>> 0 : 0,
      }),
    );
    sender.sequenceNumber += takes;
  }
}

function newSide(endpoint: Endpoint, sequenceNumber: number): Side {
  return { endpoint, sequenceNumber, acknowledged: 0, hasFinished: false };
}

function other(direction: Direction): Direction {
  return direction === 'up' ? 'down' : 'up';
}
