import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodePcapng } from '#capture/export/pcapng.ts';
import { Random } from '#tests/support/random.ts';
import { addFrameStream } from '#tests/oracle/frame-streams.ts';
import { RecordedRun } from './recorded-run.ts';

const BEGAN_AT = Date.UTC(2026, 10, 23, 12);
const [FIN, SYN, RST, ACK] = [1, 2, 4, 16] as const;

type Packet = {
  readonly timestamp: bigint;
  readonly fromServer: boolean;
  readonly clientPort: number;
  readonly sequenceNumber: number;
  readonly acknowledgmentNumber: number;
  readonly control: number;
  readonly data: Buffer;
};

/** The blocks of a file: type and body. */
function blocksOf(file: Uint8Array): { readonly type: number; readonly body: Buffer }[] {
  const octets = Buffer.from(file);
  const blocks = [];
  for (let at = 0; at < octets.length;) {
    const length = octets.readUInt32LE(at + 4);
    assert.equal(length % 4, 0, 'a block ends at a multiple of 4 octets');
    assert.equal(octets.readUInt32LE(at + length - 4), length, 'the length stands at both ends');
    blocks.push({ type: octets.readUInt32LE(at), body: octets.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

function packetsOf(file: Uint8Array): Packet[] {
  return blocksOf(file)
    .filter(({ type }) => type === 6)
    .map(({ body }) => {
      const timestamp = (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8));
      const packet = body.subarray(20, 20 + body.readUInt32LE(12));
      const tcp = packet.subarray(20);
      const fromServer = tcp.readUInt16BE(0) === 4321;
      assert.equal(packet.readUInt16BE(2), packet.length, 'total length (RFC 791 §3.1)');
      return {
        timestamp,
        fromServer,
        clientPort: tcp.readUInt16BE(fromServer ? 2 : 0),
        sequenceNumber: tcp.readUInt32BE(4),
        acknowledgmentNumber: tcp.readUInt32BE(8),
        control: tcp.readUInt8(13),
        data: tcp.subarray((tcp.readUInt8(12) >> 4) * 4),
      };
    });
}

/** A stream by sequence number alone, from after its SYN. */
function streamOf(packets: readonly Packet[], fromServer: boolean): Buffer {
  const own = packets.filter((packet) => packet.fromServer === fromServer);
  const syn = own.find(({ control }) => (control & SYN) !== 0) ?? assert.fail('no SYN');
  const pieces = own.map(({ sequenceNumber, data }) => {
    return { at: sequenceNumber - syn.sequenceNumber - 1, data };
  });
  const stream = Buffer.alloc(Math.max(...pieces.map(({ at, data }) => at + data.length)));
  for (const { at, data } of pieces) if (data.length > 0) stream.set(data, at);
  return stream;
}

const controlsOf = (packets: readonly Packet[], bit: number): (readonly [boolean, number])[] =>
  packets
    .filter(({ control }) => (control & bit) !== 0)
    .map(({ fromServer, control }) => [fromServer, control]);

function oneExchange(): RecordedRun {
  const run = new RecordedRun();
  run.open(1);
  run.text(1, 'up', 'GET / HTTP/1.1\nHost: localhost\n\n');
  run.text(1, 'down', `HTTP/1.1 200 OK\nContent-Length: 5000\n\n${'x'.repeat(5000)}`);
  return run;
}

describe('a run as pcapng', () => {
  it('says in the file that headers below TCP are made up, and has times in nanoseconds', () => {
    const [section, link] = blocksOf(encodePcapng(oneExchange().events, { beganAt: BEGAN_AT }));
    assert.equal(section?.type, 0x0a0d0d0a);
    assert.equal(section.body.readUInt32LE(0), 0x1a2b3c4d);
    assert.equal(section.body.readUInt16LE(16), 1, 'opt_comment');
    assert.match(section.body.toString(), /IP and TCP headers, .* synthetic/);
    assert.equal(link?.type, 1);
    assert.equal(link.body.readUInt16LE(0), 101, 'LINKTYPE_RAW');
    assert.deepEqual([...link.body.subarray(8, 13)], [9, 0, 1, 0, 9], 'if_tsresol');
  });

  for (const maxSegmentSize of [1, 536, 1460, 65_495]) {
    it(`carries each stream whole in segments of ${maxSegmentSize} (RFC 9293 §3.4)`, () => {
      const run = new RecordedRun();
      const random = new Random(793);
      for (let connection = 1; connection <= 3; connection++) {
        addFrameStream(run, connection, random, { isLegal: true, hasLargeFrame: false });
      }
      const packets = packetsOf(encodePcapng(run.events, { beganAt: BEGAN_AT, maxSegmentSize }));
      assert.ok(packets.every(({ data }) => data.length <= maxSegmentSize));
      for (let connection = 1; connection <= 3; connection++) {
        const own = packets.filter(({ clientPort }) => clientPort === 49_151 + connection);
        for (const direction of ['up', 'down'] as const) {
          const events = run.events.filter((event) => event.kind === 'octets');
          const octets = events
            .filter((event) => event.connection === connection && event.direction === direction)
            .map((event) => event.octets);
          assert.ok(streamOf(own, direction === 'down').equals(Buffer.concat(octets)));
        }
      }
    });
  }

  it('begins with a handshake of three and acknowledges all (RFC 9293 §3.5)', () => {
    const packets = packetsOf(encodePcapng(oneExchange().events, { beganAt: BEGAN_AT }));
    assert.deepEqual(
      packets.slice(0, 3).map(({ fromServer, control }) => [fromServer, control]),
      [
        [false, SYN],
        [true, SYN | ACK],
        [false, ACK],
      ],
    );
    const last = packets.at(-1);
    const lastData = packets.findLast(({ data }) => data.length > 0);
    assert.ok(last && lastData);
    assert.equal(last.fromServer, false);
    assert.equal(last.acknowledgmentNumber, lastData.sequenceNumber + lastData.data.length);
  });

  it('never has more octets on their way than the window takes (RFC 9293 §3.8.6)', () => {
    const run = new RecordedRun();
    run.open(1);
    run.octets(1, 'down', new Uint8Array(300_000));
    let acknowledged = 0;
    for (const packet of packetsOf(encodePcapng(run.events, { beganAt: BEGAN_AT }))) {
      if (!packet.fromServer) acknowledged = packet.acknowledgmentNumber;
      const next = packet.sequenceNumber + packet.data.length;
      if (packet.data.length > 0) assert.ok(next - acknowledged <= 65_535);
    }
    assert.ok(acknowledged > 300_000);
  });

  it('has packets in the order of time, where events came later than their time says', () => {
    const { events } = oneExchange();
    const [open, up, down] = events;
    assert.ok(open && up && down);
    const late = [open, { ...down, seq: 2 }, { ...up, seq: 3 }];
    const times = packetsOf(encodePcapng(late, { beganAt: BEGAN_AT })).map((one) => one.timestamp);
    assert.deepEqual(times, times.toSorted());
  });

  it('tells hops apart by the port of the server', () => {
    const run = new RecordedRun();
    run.open(1);
    run.open(2, { sender: 'BOX', hop: 2, box: 'buffer' });
    const ports = blocksOf(encodePcapng(run.events, { beganAt: BEGAN_AT }))
      .filter(({ type }) => type === 6)
      .map(({ body }) => [body.readUInt16BE(20 + 20), body.readUInt16BE(20 + 22)].sort());
    assert.deepEqual(
      [ports[0], ports[3]],
      [
        [4321, 49_152],
        [4323, 49_153],
      ],
    );
  });

  it('keeps the time of each read and write', () => {
    const [syn] = packetsOf(encodePcapng(oneExchange().events, { beganAt: BEGAN_AT + 0.4 }));
    assert.equal(syn?.timestamp, BigInt(BEGAN_AT) * 1_000_000n + 1_250_000n);
  });

  it('ends with what the tap saw: both ends, a reset, or the server’s end alone', () => {
    const ends = (finish: (run: RecordedRun) => void, bit: number) => {
      const run = oneExchange();
      finish(run);
      return controlsOf(packetsOf(encodePcapng(run.events, { beganAt: BEGAN_AT })), bit);
    };
    const both = (run: RecordedRun): void => {
      run.end(1, 'down');
      run.end(1, 'up');
      run.close(1);
    };
    assert.deepEqual(ends(both, FIN), [
      [true, FIN | ACK],
      [false, FIN | ACK],
    ]);
    assert.deepEqual(ends(both, RST), []);
    const reset = (run: RecordedRun): void => {
      run.close(1, true);
    };
    assert.deepEqual(ends(reset, FIN), []);
    assert.deepEqual(ends(reset, RST), [[false, RST | ACK]]);
    const gone = (run: RecordedRun): void => {
      run.close(1);
    };
    assert.deepEqual(ends(gone, FIN), [[true, FIN | ACK]]);
  });

  it('leaves withheld octets as they are in the capture', () => {
    const run = new RecordedRun();
    run.open(1);
    run.octets(1, 'up', Uint8Array.from([0x43, 0x3a, 0x95, 0x95]));
    const packets = packetsOf(encodePcapng(run.events, { beganAt: BEGAN_AT }));
    assert.deepEqual([...streamOf(packets, false)], [0x43, 0x3a, 0x95, 0x95]);
  });

  it('shows a gap and says why where events were lost', () => {
    const run = oneExchange();
    run.add({ kind: 'dropped', events: 2, octets: 700 });
    run.text(1, 'up', 'after');
    const file = encodePcapng(run.events, { beganAt: BEGAN_AT });
    const [before, after] = packetsOf(file)
      .filter(({ fromServer, data }) => !fromServer && data.length > 0)
      .map(({ sequenceNumber, data }) => ({ sequenceNumber, length: data.length }));
    assert.ok(before && after);
    assert.equal(after.sequenceNumber, before.sequenceNumber + before.length + 700);
    assert.match(Buffer.from(file).toString('latin1'), /Events were lost before this packet/);
  });

  it('takes a connection whose beginning was lost from where it is', () => {
    const run = new RecordedRun();
    run.add({ kind: 'dropped', events: 2, octets: 700 });
    run.text(9, 'down', 'rest');
    const packets = packetsOf(encodePcapng(run.events, { beganAt: BEGAN_AT }));
    assert.equal(streamOf(packets, true).toString(), 'rest');
  });

  it('refuses a segment size that no packet holds', () => {
    for (const maxSegmentSize of [0, 1.5, 65_496]) {
      assert.throws(() => encodePcapng([], { beganAt: BEGAN_AT, maxSegmentSize }), RangeError);
    }
  });
});
