import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';

import { CaptureReader } from '#capture/capture-reader.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import { Http2Sums } from '#capture/http2-sums.ts';
import { ledgerOf } from '#capture/ledger.ts';
import { partsOf } from '#capture/parts.ts';
import type { Row } from '#capture/row.ts';
import type { Direction, WireEvent } from '#capture/wire-event.ts';
import { concatOctets, hexFromOctets, octetsFromHex, octetsFromLatin1 } from '#protocol/octets.ts';
import { connectHttp2 } from '#tests/protocol/http2/loopback.ts';
import { Random } from '#tests/support/random.ts';

provideHttp2();

type Octets = Readonly<Record<Direction, Uint8Array>>;

/** Names and values that Node says it sent, of all heads. */
const sentFields = { count: 0, octets: 0 };

function noteFields(headers: object | undefined): void {
  sentFields.count++;
  // Besides the fields, Node keeps what must not be indexed, under a symbol.
  for (const [name, value] of Object.entries(headers ?? {})) {
    sentFields.octets += name.length + String(value).length;
  }
}

/** The frames of one direction by the lengths in their headers alone. RFC 9113 §4.1. */
function framesIn(octets: Uint8Array, start: number) {
  const view = Buffer.from(octets);
  const frames: { type: number; flags: number; length: number }[] = [];
  for (let at = start; at < view.length; at += 9 + frames.at(-1)!.length) {
    frames.push({ length: view.readUIntBE(at, 3), type: view[at + 3]!, flags: view[at + 4]! });
  }
  return frames;
}

/** RFC 6455 §5.7: `Hello`, masked and unmasked. */
const HELLO_UP = octetsFromHex('818537fa213d7f9f4d5158');
const HELLO_DOWN = octetsFromHex('810548656c6c6f');

/** Two GETs and a WebSocket, between Node's client and server. */
async function conversation(): Promise<Octets> {
  const loopback = await connectHttp2(
    (stream, headers) => {
      if (headers[':method'] === 'CONNECT') {
        stream.respond({ ':status': 200 });
        noteFields(stream.sentHeaders);
        stream.once('data', () => stream.write(HELLO_DOWN));
        stream.once('end', () => stream.end());
        return;
      }
      stream.respond({ ':status': 200, 'content-type': 'text/plain' });
      noteFields(stream.sentHeaders);
      stream.end('hi');
    },
    { enableConnectProtocol: true },
  );
  for (let count = 0; count < 2; count += 1) {
    const stream = loopback.client.request({ ':path': '/greeting', 'user-agent': 'a test' });
    await once(stream.resume(), 'end');
    noteFields(stream.sentHeaders);
  }
  const stream = loopback.client.request(
    { ':method': 'CONNECT', ':protocol': 'websocket', ':scheme': 'http', ':path': '/chat' },
    { endStream: false },
  );
  await once(stream, 'response');
  noteFields(stream.sentHeaders);
  stream.write(HELLO_UP);
  await once(stream, 'data');
  stream.end();
  await once(stream.resume(), 'close');
  await loopback.close();
  return { up: concatOctets(loopback.up), down: concatOctets(loopback.down) };
}

/** Reads a connection whose octets arrive in pieces of at most so many, all of one direction first. */
function read({ up, down }: Octets, most: number): Row[] {
  const random = new Random(most);
  const reader = new CaptureReader();
  let seq = 0;
  const push = (event: object) => reader.pushWire({ seq: ++seq, t: seq, ...event } as WireEvent);
  push({ kind: 'open', connection: 1, sender: 'ROBOT', hop: 0, exchangesBefore: 0 });
  for (const [direction, octets] of [
    ['up', up],
    ['down', down],
  ] as const) {
    for (let at = 0; at < octets.length;) {
      const end = at + random.integer(1, most);
      push({ kind: 'octets', connection: 1, direction, octets: octets.slice(at, end) });
      at = end;
    }
  }
  push({ kind: 'close', connection: 1, hadError: false });
  return [...reader.rows];
}

/** What a row is, without what depends on how its octets came. */
const telling = ({ kind, direction, octets, data, sender }: Row) => ({
  kind,
  direction,
  sender,
  octets: octets && hexFromOctets(octets),
  data,
});

describe('rows of an HTTP/2 connection', () => {
  let octets: Octets;
  before(async () => {
    octets = await conversation();
  });
  const frames = (rows: readonly Row[], direction: Direction, type: string) =>
    rows.filter(
      ({ kind, data, ...row }) =>
        kind === 'h2.frame' && row.direction === direction && data['type'] === type,
    );

  it('begin with the preface, which says what it is (RFC 9113 §3.4)', () => {
    const [open, preface, settings] = read(octets, 100_000);
    assert.deepEqual(
      [open?.kind, preface?.kind, settings?.kind],
      ['tcp.open', 'h2.preface', 'h2.frame'],
    );
    assert.equal(preface?.octets?.length, 24);
    assert.equal(preface.sender, 'ROBOT');
  });

  it('hold every octet of both directions, each in one part with a section', () => {
    const rows = read(octets, 100_000);
    for (const direction of ['up', 'down'] as const) {
      const own = rows.filter(
        (row) => row.direction === direction && row.data['transport'] === undefined && row.octets,
      );
      assert.deepEqual(
        Buffer.from(concatOctets(own.map((row) => row.octets!))),
        Buffer.from(octets[direction]),
      );
      for (const row of own) {
        let bits = 0;
        for (const part of partsOf(row)) {
          assert.equal(part.bitOffset, bits, part.name);
          assert.match(part.section, /^RFC (?:9113|7541|8441) §\d/);
          assert.notEqual(part.name, 'unread');
          bits += part.bitLength;
        }
        assert.equal(bits, row.octets!.length * 8);
      }
    }
  });

  it('are the same however the octets arrive', () => {
    const whole = read(octets, 100_000).map(telling);
    for (const most of [1, 3, 20, 200]) {
      assert.deepEqual(read(octets, most).map(telling), whole, `pieces of at most ${most}`);
    }
  });

  it('say the fields of HEADERS, shorter the second time', () => {
    const rows = read(octets, 100_000);
    const [first, second] = frames(rows, 'up', 'HEADERS');
    const fields = first?.data['fields'] as Record<string, string>;
    assert.equal(fields[':path'], '/greeting');
    assert.equal(fields['user-agent'], 'a test');
    assert.deepEqual(second?.data['fields'], fields);
    assert.ok(Number(second?.data['length']) < Number(first?.data['length']));
    const names = partsOf(second).map(({ name }) => name);
    assert.deepEqual(names.slice(0, 4), [
      'frame-length',
      'frame-type',
      'frame-flags',
      'stream-identifier',
    ]);
    const agent = partsOf(second).find(({ value }) => value.startsWith('user-agent'));
    assert.equal(agent?.name, 'hpack-indexed');
    assert.equal(agent.bitLength, 8);
    assert.match(agent.value, /^user-agent: a test \(entry \d+, dynamic table\)$/);
    const [answer] = frames(rows, 'down', 'HEADERS');
    assert.equal(answer?.answers, first?.number);
    assert.equal((answer?.data['fields'] as Record<string, string>)[':status'], '200');
  });

  it('say that the server allows extended CONNECT (RFC 8441 §3)', () => {
    const [settings] = frames(read(octets, 100_000), 'down', 'SETTINGS');
    assert.equal(
      (settings?.data['settings'] as Record<string, number>)['ENABLE_CONNECT_PROTOCOL'],
      1,
    );
  });

  it('hold a WebSocket inside DATA: handshake, frames and messages (RFC 8441 §5)', () => {
    const rows = read(octets, 100_000);
    const handshake = rows.find(({ kind }) => kind === 'ws.handshake');
    assert.equal(handshake?.data['accepted'], true);
    assert.equal(handshake.data['statusCode'], 200);
    const inside = rows.filter(({ kind }) => kind === 'ws.frame');
    // All of one direction came first here, so only what came after the 200 is known to be a tunnel.
    assert.deepEqual(
      inside.map((row) => [
        row.direction,
        row.data['transport'],
        row.data['text'],
        row.octets!.length,
      ]),
      [['down', 'h2', 'Hello', 7]],
    );
    assert.equal(rows.filter(({ kind }) => kind === 'http.res.head').length, 0);
  });

  it('are none on a connection that only begins like it', () => {
    const post = octetsFromLatin1('PRI * HTTP/1.1\r\nHost: x\r\n\r\n');
    for (const most of [1, 5, 100]) {
      const kinds = read({ up: post, down: new Uint8Array(0) }, most).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['tcp.open', 'http.req.head', 'tcp.close']);
    }
  });

  it('are counted once each in the ledger', () => {
    const ledger = ledgerOf(read(octets, 100_000));
    assert.equal(ledger.up.total, octets.up.length);
    assert.equal(ledger.down.total, octets.down.length);
    assert.equal(ledger.exchanges, 3);
    // `hi` twice, and the 5 octets of the message.
    assert.equal(ledger.down.payload, 9);
  });

  it('are field blocks, content and framing in the ledger, by what their headers say', () => {
    const rows = read(octets, 100_000);
    const ledger = ledgerOf(rows);
    for (const direction of ['up', 'down'] as const) {
      const own = framesIn(octets[direction], direction === 'up' ? 24 : 0);
      // HEADERS with PRIORITY (0x20) hold 5 octets more; none here is padded (0x08).
      assert.ok(own.every(({ type, flags }) => type > 1 || (flags & 0x08) === 0));
      const blocks = own
        .filter(({ type }) => type === 1)
        .reduce((sum, { length, flags }) => sum + length - ((flags & 0x20) === 0 ? 0 : 5), 0);
      assert.equal(ledger[direction].head, blocks);
      const content = own
        .filter(({ type }) => type === 0)
        .reduce((sum, { length }) => sum + length, 0);
      const { framing, total } = ledger[direction];
      // The header of the one WebSocket frame that is known as such is framing, too.
      const inner = direction === 'down' ? 2 : 0;
      assert.equal(framing, total - blocks - content + inner);
    }
  });

  it('are counted by type, and their heads beside the names and values that Node sent', () => {
    const sums = new Http2Sums();
    for (const row of read(octets, 100_000)) sums.push(row);
    const { frames, heads } = sums.ledger!;
    const lengths = { up: framesIn(octets.up, 24), down: framesIn(octets.down, 0) };
    for (const [code, type] of [
      [0, 'DATA'],
      [1, 'HEADERS'],
      [4, 'SETTINGS'],
    ] as const) {
      const [up, down] = (['up', 'down'] as const).map((direction) =>
        lengths[direction].filter((frame) => frame.type === code),
      );
      const octetsOf = (some: typeof up) => some!.reduce((sum, { length }) => sum + 9 + length, 0);
      assert.deepEqual(
        frames.find((frame) => frame.type === type),
        { type, count: up!.length + down!.length, up: octetsOf(up), down: octetsOf(down) },
      );
    }
    assert.equal(
      frames.reduce((sum, { count }) => sum + count, 0),
      lengths.up.length + lengths.down.length,
    );
    assert.deepEqual([heads.count, heads.fields], [sentFields.count, sentFields.octets]);
    const { up, down } = ledgerOf(read(octets, 100_000));
    assert.equal(heads.blocks, up.head + down.head);
    assert.ok(heads.blocks < heads.fields);
  });

  it('are shared out: the connection’s own, requests, and the WebSocket from its CONNECT on', () => {
    const { up, down, transports } = ledgerOf(read(octets, 100_000));
    assert.deepEqual(
      transports.map(({ transport, units }) => [transport, units]),
      [
        ['http2', 2],
        ['websocket', 1],
      ],
    );
    const all = transports.reduce((sum, { total }) => sum + total, 0);
    assert.equal(all, up.total + down.total);
    const settings = [...framesIn(octets.up, 24), ...framesIn(octets.down, 0)]
      .filter(({ type }) => type === 4)
      .reduce((sum, { length }) => sum + 9 + length, 0);
    assert.equal(transports[0]?.setUp, 24 + settings);
    // The CONNECT and its 200: the last HEADERS that each side sent.
    const last = (direction: Direction) =>
      frames(read(octets, 100_000), direction, 'HEADERS').at(-1)!.octets!.length;
    assert.ok(transports[1]!.setUp >= last('up') + last('down'));
    assert.ok(transports[1]!.setUp < transports[1]!.total);
  });

  it('are written once each in the estimate, with what a tunnel carries', () => {
    const { estimate } = ledgerOf(read(octets, 100_000));
    const writes = framesIn(octets.down, 0).length;
    assert.equal(estimate.down.tls, 22 * writes);
  });
});
