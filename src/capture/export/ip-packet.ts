/** One end of a TCP connection. */
export type Endpoint = {
  readonly address: readonly [number, number, number, number];
  readonly port: number;
};

/** TCP's control bits. RFC 9293 §3.1. */
export const ControlBit = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** A TCP segment. RFC 9293 §3.1. */
export type Segment = {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly sequenceNumber: number;
  readonly acknowledgmentNumber: number;
  /** Sum of {@link ControlBit}s. */
  readonly control: number;
  /** A multiple of 4 octets. */
  readonly options?: Uint8Array;
  readonly data?: Uint8Array;
};

/** The largest that can be told without the window scale option. */
export const WINDOW = 0xffff;

const IP_HEADER_LENGTH = 20;
const TCP_HEADER_LENGTH = 20;
const PROTOCOL_TCP = 6;
const NOTHING = new Uint8Array(0);

/** Writes an IPv4 packet that carries a TCP segment, with both checksums. RFC 791 §3.1, RFC 9293 §3.1. */
export function encodePacket(segment: Segment): Uint8Array<ArrayBuffer> {
  const { options = NOTHING, data = NOTHING } = segment;
  const tcpHeaderLength = TCP_HEADER_LENGTH + options.length;
  const octets = new Uint8Array(IP_HEADER_LENGTH + tcpHeaderLength + data.length);
  octets.set(options, IP_HEADER_LENGTH + TCP_HEADER_LENGTH);
  octets.set(data, IP_HEADER_LENGTH + tcpHeaderLength);
  writeIpHeader(octets, segment);
  writeTcpHeader(octets, segment, tcpHeaderLength);
  return octets;
}

function writeIpHeader(octets: Uint8Array<ArrayBuffer>, { source, destination }: Segment): void {
  const view = new DataView(octets.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, octets.length);
  // Don't fragment; such a packet needs no identification (RFC 6864 §4.1).
  view.setUint16(6, 0x4000);
  view.setUint8(8, 64);
  view.setUint8(9, PROTOCOL_TCP);
  octets.set(source.address, 12);
  octets.set(destination.address, 16);
  view.setUint16(10, checksum(octets.subarray(0, IP_HEADER_LENGTH), 0));
}

function writeTcpHeader(
  octets: Uint8Array<ArrayBuffer>,
  segment: Segment,
  headerLength: number,
): void {
  const view = new DataView(octets.buffer, IP_HEADER_LENGTH);
  view.setUint16(0, segment.source.port);
  view.setUint16(2, segment.destination.port);
  view.setUint32(4, segment.sequenceNumber);
  view.setUint32(8, segment.acknowledgmentNumber);
  view.setUint8(12, (headerLength / 4) << 4);
  view.setUint8(13, segment.control);
  view.setUint16(14, WINDOW);
  // The pseudo header: addresses, protocol, length. RFC 9293 §3.1.
  const pseudo = sumOfWords(octets.subarray(12, 20)) + PROTOCOL_TCP + view.byteLength;
  view.setUint16(16, checksum(octets.subarray(IP_HEADER_LENGTH), pseudo));
}

/** The Internet checksum over octets and what was summed before. RFC 1071 §1. */
function checksum(octets: Uint8Array, before: number): number {
  let sum = before + sumOfWords(octets);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** Of at most 64 KiB, so the sum stays far below 2⁵³. */
function sumOfWords(octets: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) {
    sum += (octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0);
  }
  return sum;
}
