import { beginsWithPreface } from '#protocol/http2/preface.ts';
import { concatOctets } from '#protocol/octets.ts';
import type { OpenEvent, WireEvent } from '#capture/wire-event.ts';
import type { Endpoint } from './ip-packet.ts';
import {
  interfaceBlock,
  OptionCode,
  packetBlock,
  sectionHeaderBlock,
  textOption,
} from './pcapng-blocks.ts';
import { SyntheticTcp } from './synthetic-tcp.ts';

/** What goes into a capture file beside the events. */
export type PcapngOptions = {
  /** When the run began: milliseconds since 1970. */
  readonly beganAt: number;
  /** Most octets of data in one packet, 1 to 65,495; 1,460 as over Ethernet when left out. */
  readonly maxSegmentSize?: number;
};

const COMMENT =
  'Recorded by the tap of Switching Protocols inside the server. The octets of the TCP streams and ' +
  'the times are real; the IP and TCP headers, handshakes, segment borders and acknowledgments are ' +
  'synthetic. The server is at port 4321, behind boxes at 4321 and the number of the hop; at 8080 it speaks HTTP/2 ' +
  'without TLS, which Wireshark looks for there. Octets 0x95 ' +
  'in field values stand for values that were withheld.';
const AFTER_LOSS =
  'Events were lost before this packet. Which connections they belonged to is not known, so each one shows a gap.';

const SERVER_PORT = 4321;
/** A port of HTTP by Wireshark's defaults: on others, it looks for HTTP/2 only when it is told to. */
const HTTP2_PORT = 8080;
const FIRST_CLIENT_PORT = 49_152;
const CLIENT_PORTS = 16_384;
const NANOSECONDS_PER_MS = 1_000_000;

/**
 * Writes a run as a capture file that Wireshark opens: one TCP stream per connection.
 *
 * Octets and times are as captured; what lies below them is made up, and a comment in the file says
 * so. Where the tap saw a connection go without its end, the server's side is finished.
 */
export function encodePcapng(
  events: readonly WireEvent[],
  options: PcapngOptions,
): Uint8Array<ArrayBuffer> {
  const writer = new PcapngWriter(options, http2Connections(events));
  // Octets that wait for the answer to an upgrade have later numbers than their time says.
  for (const event of events.toSorted((a, b) => a.t - b.t || a.seq - b.seq)) writer.add(event);
  return new Uint8Array(concatOctets(writer.blocks));
}

/** Connections whose first octets up are the preface of HTTP/2. RFC 9113 §3.4. */
function http2Connections(events: readonly WireEvent[]): ReadonlySet<number> {
  const begun = new Map<number, boolean>();
  for (const event of events) {
    if (event.kind !== 'octets' || event.direction === 'down' || begun.has(event.connection))
      continue;
    begun.set(event.connection, beginsWithPreface(event.octets) === true);
  }
  return new Set([...begun].flatMap(([connection, isHttp2]) => (isHttp2 ? [connection] : [])));
}

class PcapngWriter {
  readonly blocks: Uint8Array[] = [
    sectionHeaderBlock([
      textOption(OptionCode.comment, COMMENT),
      textOption(OptionCode.userApplication, 'Switching Protocols'),
    ]),
    interfaceBlock(),
  ];
  readonly #http2Connections: ReadonlySet<number>;
  readonly #beganAt: bigint;
  readonly #maxSegmentSize: number;
  readonly #streams = new Map<number, SyntheticTcp>();
  #streamCount = 0;
  #t = 0;
  #comment: string | undefined;

  constructor(
    { beganAt, maxSegmentSize = 1460 }: PcapngOptions,
    http2Connections: ReadonlySet<number>,
  ) {
    this.#http2Connections = http2Connections;
    if (!Number.isInteger(maxSegmentSize) || maxSegmentSize < 1 || maxSegmentSize > 65_495) {
      throw new RangeError('maxSegmentSize: 1 to 65495');
    }
    this.#beganAt = BigInt(Math.round(beganAt)) * BigInt(NANOSECONDS_PER_MS);
    this.#maxSegmentSize = maxSegmentSize;
  }

  add(event: WireEvent): void {
    this.#t = event.t;
    switch (event.kind) {
      case 'open':
        this.#open(event.connection, event.hop);
        break;
      case 'octets':
        this.#stream(event.connection).send(event.direction, event.octets);
        break;
      case 'end':
        this.#stream(event.connection).finish(event.direction);
        break;
      case 'close':
        this.#stream(event.connection).close(event.hadError);
        this.#streams.delete(event.connection);
        break;
      case 'dropped':
        this.#lose(Math.max(1, event.octets));
        break;
      case 'note':
        break;
    }
  }

  #lose(octets: number): void {
    for (const stream of this.#streams.values()) stream.skip(octets);
    this.#comment = AFTER_LOSS;
  }

  /** A connection whose `open` was lost gets its handshake with its first octets. */
  #stream(connection: number): SyntheticTcp {
    return this.#streams.get(connection) ?? this.#open(connection, 0);
  }

  #open(connection: number, hop: OpenEvent['hop']): SyntheticTcp {
    const stream = new SyntheticTcp({
      client: clientEndpoint(this.#streamCount++),
      server: {
        address: [127, 0, 0, 1],
        port: this.#http2Connections.has(connection) ? HTTP2_PORT : SERVER_PORT + hop,
      },
      maxSegmentSize: this.#maxSegmentSize,
      write: (packet) => {
        this.#addPacket(packet);
      },
    });
    this.#streams.set(connection, stream);
    stream.open();
    return stream;
  }

  #addPacket(packet: Uint8Array): void {
    const comment = this.#comment;
    this.#comment = undefined;
    const timestamp = this.#beganAt + BigInt(Math.round(this.#t * NANOSECONDS_PER_MS));
    const options = comment === undefined ? [] : [textOption(OptionCode.comment, comment)];
    this.blocks.push(packetBlock(timestamp, packet, options));
  }
}

/** Another port for each stream, and another loopback address when the ports are used up. */
function clientEndpoint(index: number): Endpoint {
  const round = Math.floor(index / CLIENT_PORTS);
  return {
    address: [127, 0, round & 0xff, 1],
    port: FIRST_CLIENT_PORT + (index % CLIENT_PORTS),
  };
}
