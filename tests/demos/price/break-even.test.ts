import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import http2Heads from '#demos/http2-heads/demo.ts';
import { Http2Repeat, type Bill } from '#demos/price/bill.ts';
import { pricesOf, repaidAfter, TLS_HANDSHAKE, UsualHeads } from '#demos/price/break-even.ts';

provideHttp2();

const bill = (way: string, setUp: number, around: number): Bill => ({
  way,
  batch: 1,
  messages: 1,
  size: 5,
  setUp,
  each: { payload: 5, around, tls: 0, tcp: 0 },
  overhead: setUp + around,
});

describe('a repeated request over HTTP/2', () => {
  it('takes what the recording has for each but the first', () => {
    const json = readFileSync('content/captures/http2-heads.json', 'utf8');
    const { store } = readReplay(http2Heads, json, 'recording');
    const frames = (type: string, direction: string) =>
      store.rows
        .filter(({ kind, data }) => kind === 'h2.frame' && data['type'] === type)
        .filter((row) => row.direction === direction)
        .slice(1);
    const lengths = (type: string, direction: string) =>
      new Set(frames(type, direction).map(({ octets }) => octets?.length));
    assert.deepEqual([...lengths('HEADERS', 'up')], [Http2Repeat.request]);
    assert.deepEqual([...lengths('HEADERS', 'down')], [Http2Repeat.answer]);
    for (const { octets, data } of frames('DATA', 'down')) {
      assert.equal(Number(octets?.length) - Number(data['length']), Http2Repeat.dataHeader);
    }
  });
});

describe('when a handshake is repaid', () => {
  const { handshake, http1, http2, frame } = pricesOf([], 5);

  it('is with the first poll that HTTP/1.1 does not send', () => {
    assert.equal(repaidAfter(handshake, http1, frame), 1);
  });

  it('is after ten long polls over an HTTP/2 connection, with TLS after some 37', () => {
    assert.equal(http2 - frame, 67);
    assert.equal(repaidAfter(handshake, http2, frame), 10);
    assert.equal(repaidAfter(handshake + TLS_HANDSHAKE, http2, frame), 37);
  });

  it('is the first number of events for which the WebSocket costs no more', () => {
    const events = repaidAfter(handshake, http2, frame);
    const costs = (count: number) => [handshake + count * frame, count * http2];
    const [now = 0, other = 0] = costs(events);
    const [before = 0, otherBefore = 0] = costs(events - 1);
    assert.ok(now <= other && before > otherBefore);
  });
});

describe('the prices', () => {
  it('are the usual ones until both handshake and poll were captured', () => {
    assert.deepEqual(
      [
        pricesOf([], 5),
        pricesOf([bill('down', 700, 2)], 5),
        pricesOf([bill('long', 0, 820)], 5),
      ].map(({ isOwn, http1 }) => [isOwn, http1]),
      [
        [false, UsualHeads.http1],
        [false, UsualHeads.http1],
        [false, UsualHeads.http1],
      ],
    );
  });

  it('are then the newest ones', () => {
    const bills = [bill('down', 700, 2), bill('long', 0, 820), bill('long', 0, 830)];
    const { handshake, http1, isOwn } = pricesOf(bills, 5);
    assert.deepEqual([handshake, http1, isOwn], [700, 830, true]);
  });

  it('have the frame header of the size (RFC 6455 §5.2)', () => {
    const headers = [1, 125, 126, 65_535, 65_536].map((size) => pricesOf([], size).frame);
    assert.deepEqual(headers, [2, 2, 4, 4, 10]);
  });
});
