import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { CaptureReader } from '#capture/capture-reader.ts';
import { partsOf } from '#capture/parts.ts';
import type { Row } from '#capture/row.ts';
import { concatOctets } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';
import { Random } from '#tests/support/random.ts';
import {
  recordingRelay,
  type Arrival,
  type RecordingRelay,
} from '#tests/support/recording-relay.ts';

/** Rows that repeat octets of other rows. */
const Repeating = new Set(['ws.message', 'sse.event', 'ws.handshake']);

describe('CaptureReader on what ws sent and received over a real connection', () => {
  let server: Server;
  let relay: RecordingRelay;
  let arrivals: Arrival[] = [];
  const sizes = [0, 1, 125, 126, 65_535, 65_536, 300_000];

  before(async () => {
    server = createServer();
    const webSockets = new WebSocketServer({ server });
    webSockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer, binary: boolean) => socket.send(data, { binary }));
      socket.ping('p');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    relay = await recordingRelay((server.address() as AddressInfo).port);
    const client = new WebSocket(`ws://127.0.0.1:${relay.port}/ws`, 'chat', {
      perMessageDeflate: false,
    });
    await once(client, 'open');
    for (const size of sizes) {
      client.send(size % 2 === 0 ? Buffer.alloc(size, 7) : 'x'.repeat(size));
      await once(client, 'message');
    }
    client.send('Hel', { fin: false });
    client.send('lo', { fin: true });
    await once(client, 'message');
    client.close(4001, 'bye');
    await once(client, 'close');
    arrivals = relay.connections[0] ?? [];
  });
  after(async () => {
    await relay.close();
    server.close();
  });

  const read = (pieces: readonly Arrival[]): readonly Row[] => {
    const script = new EventScript().open(1);
    for (const { direction, octets } of pieces) script.octets(1, direction, octets);
    const reader = new CaptureReader();
    for (const event of script.close(1).events) reader.pushWire(event);
    return reader.rows;
  };

  it('finds every message, the ping with its pong, and both closes', () => {
    const rows = read(arrivals);
    const lengths = (direction: string) =>
      rows
        .filter((row) => row.kind === 'ws.message' && row.direction === direction)
        .map(({ data }) => data['length']);
    assert.deepEqual(lengths('up'), [...sizes, 5]);
    assert.deepEqual(lengths('down'), [...sizes, 5]);
    const pong = rows.find(({ data }) => data['opcodeName'] === 'pong');
    assert.equal(rows[(pong?.answers ?? 0) - 1]?.data['opcodeName'], 'ping');
    const closes = rows.filter(({ data }) => data['opcodeName'] === 'close');
    assert.deepEqual(
      closes.map(({ data }) => data['closeCode']),
      [4001, 4001],
    );
    const handshake = rows.find(({ kind }) => kind === 'ws.handshake');
    assert.equal(handshake?.data['acceptMatches'], true);
    const broken = rows.filter(
      ({ data }) => Array.isArray(data['violations']) && data['violations'].length > 0,
    );
    assert.deepEqual(
      broken.map(({ data }) => data['violations']),
      [],
    );
  });

  it('leaves no octet out and shows none twice', () => {
    const rows = read(arrivals).filter(({ kind }) => !Repeating.has(kind));
    for (const direction of ['up', 'down'] as const) {
      const sent = arrivals
        .filter((one) => one.direction === direction)
        .map(({ octets }) => octets);
      const shown = rows
        .filter((row) => row.direction === direction)
        .flatMap(({ octets }) => octets ?? []);
      assert.ok(
        Buffer.from(concatOctets(shown)).equals(Buffer.from(concatOctets(sent))),
        direction,
      );
    }
  });

  it('names every bit of every row once', () => {
    for (const row of read(arrivals)) {
      let bits = 0;
      for (const part of partsOf(row)) {
        assert.equal(part.bitOffset, bits, `${row.kind} ${part.name}`);
        assert.ok(part.bitLength > 0);
        bits += part.bitLength;
      }
      assert.equal(bits, (row.octets?.length ?? 0) * 8, row.kind);
    }
  });

  it('reads the same rows however the octets arrive', () => {
    const outline = (rows: readonly Row[]) =>
      rows
        .filter(({ direction }) => direction === 'up')
        .map(({ kind, octets, data }) => [kind, octets?.length, data['text'], data['opcode']]);
    const whole = outline(read(arrivals));
    const random = new Random(4);
    for (let round = 0; round < 5; round++) {
      const most = random.pick([3, 1000, 40_000]);
      const pieces = arrivals.flatMap(({ direction, octets }) => {
        const cut: Arrival[] = [];
        for (let at = 0; at < octets.length;) {
          const end = at + random.integer(Math.ceil(most / 3), most);
          cut.push({ direction, octets: octets.slice(at, end) });
          at = end;
        }
        return cut;
      });
      assert.deepEqual(outline(read(pieces)), whole);
    }
  });
});
