import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectionReader, type ConnectionElement } from '#protocol/http/connection-reader.ts';
import { concatOctets, latin1FromOctets } from '#protocol/octets.ts';
import { crlf } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';
import { assertTiles, joinPieces } from '#tests/support/three-ways.ts';

const UP = crlf(
  [
    'GET /a HTTP/1.1\nHost: x\nAccept: */*\n\n',
    'POST /b HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n3;a=b\nabc\n0\nT: 1\n\n',
    'POST /c HTTP/1.1\nHost: x\nContent-Length: 3\n\nabc',
    'HEAD /d HTTP/1.1\nHost: x\n\n',
    'GET /ws HTTP/1.1\nHost: x\nConnection: Upgrade\nUpgrade: websocket\n\nframes',
  ].join(''),
);
const DOWN = crlf(
  [
    'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello',
    'HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nwiki\n0\n\n',
    'HTTP/1.1 204 No Content\n\n',
    'HTTP/1.1 200 OK\nContent-Length: 77\n\n',
    'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\nframes',
  ].join(''),
);

/** What tricks are made of, put in anywhere. */
const Pieces = [
  ...['\r', '\n', '\r\n', ' ', '\t', '\0', ':', ';', '+', '0x', '\xff'],
  ...['Content-Length: 4\r\n', 'Transfer-Encoding: chunked\r\n', 'HTTP/1.1', '0\r\n\r\n'],
] as const;

function mutate(random: Random, octets: Uint8Array): Uint8Array {
  const place = random.integer(0, octets.length - 1);
  const after = place + random.integer(0, 3);
  const piece = Uint8Array.from(random.pick(['', ...Pieces]), (char) => char.charCodeAt(0));
  return concatOctets([octets.subarray(0, place), piece, octets.subarray(after)]);
}

type Streams = Readonly<Record<'up' | 'down', Uint8Array>>;

function read(
  streams: Streams,
  nextLength: () => number,
): Record<'up' | 'down', ConnectionElement[]> {
  const reader = new ConnectionReader();
  const elements: ConnectionElement[] = [];
  for (const direction of ['up', 'down'] as const) {
    const octets = streams[direction];
    for (let at = 0; at < octets.length;) {
      const end = Math.min(octets.length, at + nextLength());
      elements.push(...reader.push(direction, octets.slice(at, end), 0));
      at = end;
    }
  }
  elements.push(...reader.close(0));
  const of = (direction: string) =>
    joinPieces(elements.filter((element) => element.direction === direction));
  return { up: of('up'), down: of('down') };
}

describe('mutated HTTP/1.1 connections', () => {
  it('are read without a gap, and alike however the octets arrive', () => {
    const random = new Random(9112);
    let unread = 0;
    for (let round = 0; round < 3000; round++) {
      const streams = { up: mutate(random, UP), down: mutate(random, DOWN) };
      const whole = read(streams, () => 10_000);
      const about = [streams.up, streams.down].map(latin1FromOctets).join('\n');
      const pieces = read(streams, () => random.integer(1, 40));
      for (const direction of ['up', 'down'] as const) {
        assertTiles(whole[direction], streams[direction]);
        assert.deepEqual(pieces[direction], whole[direction], about);
        if (whole[direction].some(({ type }) => type === 'unread')) unread++;
      }
    }
    assert.ok(unread > 500, `${unread} directions held octets that fit no message`);
  });
});
