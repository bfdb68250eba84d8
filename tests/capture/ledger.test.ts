import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import { ledgerOf } from '#capture/ledger.ts';
import { tcpOverhead, tlsOverhead } from '#capture/wire-estimate.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** Curriculum B.1: 49 octets. */
const GET = 'GET /api/feed HTTP/1.1\nHost: app.example.com\n\n';
const UPGRADE = `GET /ws HTTP/1.1
Host: x
Connection: Upgrade
Upgrade: websocket

`;

function read({ events }: EventScript): CaptureReader {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader;
}

describe('ledgerOf', () => {
  it('tells heads, framing and payload apart, and counts each octet once', () => {
    // Curriculum B.1: the event is 30 octets and travels as a chunk of 36; the last chunk is 5.
    const event = '1e\r\ndata: {"seq":42,"price":1.0}\n\n\r\n0\r\n\r\n';
    const head = 'HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n';
    const { rows } = read(
      new EventScript()
        .open(1)
        .octets(1, 'up', GET)
        .octets(1, 'down', head)
        .octets(1, 'down', new TextEncoder().encode(event)),
    );
    const ledger = ledgerOf(rows);
    assert.deepEqual(ledger.up, { head: 49, framing: 0, payload: 0, unread: 0, total: 49 });
    const headLength = head.replaceAll('\n', '\r\n').length;
    assert.deepEqual(ledger.down, {
      head: headLength,
      framing: 6 + 5,
      payload: 30,
      unread: 0,
      total: headLength + 36 + 5,
    });
    assert.equal(ledger.messages, 1);
    assert.equal(ledger.octetsPerMessage, 49 + headLength + 36 + 5);
    assert.deepEqual([ledger.exchanges, ledger.connections], [1, 1]);
  });

  it('counts Hello as 11 up and 7 down (RFC 6455 §5.7), set-up included', () => {
    const answer = 'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n';
    const { rows } = read(
      new EventScript()
        .open(1)
        .octets(1, 'up', UPGRADE)
        .octets(1, 'down', answer)
        .octets(1, 'up', octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58'))
        .octets(1, 'down', octetsFromHex('81 05 48 65 6c 6c 6f')),
    );
    const { up, down, messages } = ledgerOf(rows);
    assert.deepEqual([up.framing, up.payload], [6, 5]);
    assert.deepEqual([down.framing, down.payload], [2, 5]);
    assert.equal(up.head, UPGRADE.replaceAll('\n', '\r\n').length);
    assert.equal(down.total, down.head + 7);
    assert.equal(messages, 2);
  });

  it('counts one hop, the one at the page unless another is asked for', () => {
    const { rows } = read(
      new EventScript()
        .open(1)
        .octets(1, 'up', GET)
        .open(2, { sender: 'BOX', hop: 1, box: 'buffer' })
        .octets(2, 'up', GET)
        .octets(2, 'up', GET),
    );
    assert.equal(ledgerOf(rows).up.total, 49);
    assert.equal(ledgerOf(rows, { hop: 1 }).up.total, 98);
  });

  it('counts loads from the cache, for which nothing was sent', () => {
    const reader = new CaptureReader();
    reader.pushPage({ t: 1, name: 'load', data: { fromCache: false } });
    reader.pushPage({ t: 2, name: 'load', data: { fromCache: true } });
    reader.pushPage({ t: 3, name: 'open', data: { fromCache: true } });
    const ledger = ledgerOf(reader.rows);
    assert.deepEqual([ledger.notSent.cacheHits, ledger.notSent.cacheHitOctets], [1, 0]);
    assert.equal(ledger.octetsPerMessage, undefined);
  });

  it('counts a body once, and what could not be read', () => {
    const { rows } = read(
      new EventScript()
        .open(1)
        .octets(1, 'up', 'POST / HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc')
        .octets(1, 'down', 'nonsense'),
    );
    assert.equal(ledgerOf(rows).up.payload, 3);
    assert.deepEqual(ledgerOf(rows).down, { head: 0, framing: 0, payload: 0, unread: 8, total: 8 });
  });

  it('counts what a 304 and the cache saved (RFC 9111 §4.3.4)', () => {
    const body = 'x'.repeat(1000);
    const full = `HTTP/1.1 200 OK\nETag: "v1"\nContent-Length: 1000\n\n${body}`;
    const script = new EventScript()
      .open(1)
      .octets(1, 'up', 'GET /a HTTP/1.1\nHost: x\n\n')
      .octets(1, 'down', full)
      .octets(1, 'up', 'GET /a HTTP/1.1\nHost: x\nIf-None-Match: "v1"\n\n')
      .octets(1, 'down', 'HTTP/1.1 304 Not Modified\nETag: "v1"\n\n');
    const reader = read(script);
    reader.pushPage({ t: 9, name: 'load', data: { fromCache: true } });
    // Counted by hand: the request 28, the head 53, the body 1000.
    assert.deepEqual(ledgerOf(reader.rows).notSent, {
      cacheHits: 1,
      cacheHitOctets: 28 + 53 + 1000,
      notModified: 1,
      notModifiedOctets: 1000,
    });
  });

  it('shares out by what carried it, with the request of the upgrade as set-up', () => {
    const upgrade = UPGRADE.replaceAll('\n', '\r\n').length;
    const accepted = 'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n';
    const stream =
      'HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n';
    const { rows } = read(
      new EventScript()
        .open(1)
        .octets(1, 'up', GET)
        .octets(1, 'down', 'HTTP/1.1 204 No Content\n\n')
        .octets(1, 'up', UPGRADE)
        .octets(1, 'down', accepted)
        .octets(1, 'down', octetsFromHex('81 05 48 65 6c 6c 6f'))
        .octets(1, 'down', octetsFromHex('89 00'))
        .open(2)
        .octets(2, 'up', GET)
        .octets(2, 'down', stream)
        .octets(2, 'down', new TextEncoder().encode('9\r\ndata: a\n\n\r\n')),
    );
    const { transports, up, down } = ledgerOf(rows);
    const setUp = upgrade + accepted.length + 3;
    const streamSetUp = 49 + stream.length + 4;
    assert.deepEqual(transports, [
      { transport: 'http', setUp: 0, total: 49 + 27, units: 1 },
      { transport: 'event-stream', setUp: streamSetUp, total: streamSetUp + 14, units: 1 },
      { transport: 'websocket', setUp, total: setUp + 7 + 2, units: 1 },
    ]);
    const all = transports.reduce((sum, { total }) => sum + total, 0);
    assert.equal(all, up.total + down.total);
  });
});

describe('the model of TLS 1.3 and TCP/IP (curriculum 3.6)', () => {
  it('adds 22 for each record and 52 for each segment', () => {
    // 90 octets of payload in a frame downwards: 92, in a record 114, in a packet 166.
    assert.equal(92 + tlsOverhead(92) + tcpOverhead(114), 166);
    // 16,384 fill one record; with it they take twelve segments.
    assert.equal(tlsOverhead(16_384), 22);
    assert.equal(tlsOverhead(16_385), 44);
    assert.equal(tcpOverhead(1448), 52);
    assert.equal(tcpOverhead(1449), 104);
    assert.equal(tcpOverhead(16_384 + 22), 12 * 52);
  });

  it('takes each row with octets as one write, and three packets to open', () => {
    const { rows } = read(
      new EventScript().open(1).octets(1, 'up', GET).octets(1, 'down', 'nonsense'),
    );
    assert.deepEqual(ledgerOf(rows).estimate, {
      up: { tls: 22, tcp: 112 + 52 },
      down: { tls: 22, tcp: 60 + 52 },
    });
  });
});
