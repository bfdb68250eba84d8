import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectionReader, type ConnectionElement } from '#protocol/http/connection-reader.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import { crlf, utf8 } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';
import { assertTiles, joinPieces } from '#tests/support/three-ways.ts';

const get = (target: string, fields = '') => crlf(`GET ${target} HTTP/1.1\nHost: x\n${fields}\n`);
const UPGRADE = 'Connection: Upgrade\nUpgrade: websocket\n';
const SWITCHING = crlf('HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n');

/** `direction exchange type` of each element that has octets. */
const outline = (elements: readonly ConnectionElement[]) =>
  elements
    .filter(({ octets }) => octets.length > 0)
    .map(({ direction, exchange, type }) => `${direction} ${exchange?.number ?? '-'} ${type}`);

describe('ConnectionReader', () => {
  it('answers pipelined requests in their order (RFC 9112 §9.3.2)', () => {
    const reader = new ConnectionReader();
    reader.push('up', Uint8Array.of(...get('/a'), ...get('/b')), 1);
    const responses = crlf('HTTP/1.1 204 x\n\nHTTP/1.1 404 x\nContent-Length: 2\n\nno');
    const elements = reader.push('down', responses, 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 2 head', 'down 2 data']);
    assert.equal(elements.at(-1)?.exchange?.request?.requestTarget, '/b');
  });

  it('tells the request target of a body before the body is complete', () => {
    const reader = new ConnectionReader();
    const [head, data] = reader.push('up', crlf('POST /p HTTP/1.1\nContent-Length: 9\n\nabc'), 1);
    assert.equal(head?.exchange?.request?.requestTarget, '/p');
    assert.equal(data?.exchange, head?.exchange);
  });

  it('leaves the request open after an interim response (RFC 9110 §15.2)', () => {
    const reader = new ConnectionReader();
    reader.push('up', get('/a'), 1);
    const responses =
      'HTTP/1.1 100 Continue\n\nHTTP/1.1 103 x\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n';
    const elements = reader.push('down', crlf(responses), 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 1 head', 'down 1 head']);
  });

  it('reads the answer to HEAD without a body, also when pipelined', () => {
    const reader = new ConnectionReader();
    reader.push('up', Uint8Array.of(...crlf('HEAD /a HTTP/1.1\nHost: x\n\n'), ...get('/b')), 1);
    const answer = 'HTTP/1.1 200 OK\nContent-Length: 2\n\n';
    const elements = reader.push('down', crlf(`${answer}${answer}ok`), 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 2 head', 'down 2 data']);
  });

  it('holds what follows an upgrade until its answer, and keeps the times', () => {
    const reader = new ConnectionReader();
    const early = Uint8Array.of(...get('/ws', UPGRADE), ...utf8('ab'));
    assert.deepEqual(outline(reader.push('up', early, 1)), ['up 1 head']);
    assert.deepEqual(reader.push('up', utf8('cd'), 2), []);
    assert.equal(reader.heldLength, 4);
    const elements = reader.push('down', Uint8Array.of(...SWITCHING, ...utf8('xy')), 3);
    assert.deepEqual(outline(elements), [
      'down 1 head',
      'down 1 switched',
      'up 1 switched',
      'up 1 switched',
    ]);
    assert.deepEqual(
      elements.filter(({ direction }) => direction === 'up').map(({ t }) => t),
      [1, 2],
    );
    assert.equal(reader.isSwitched, true);
    assert.equal(reader.heldLength, 0);
  });

  it('reads what was held as requests when the upgrade is refused', () => {
    const reader = new ConnectionReader();
    reader.push('up', Uint8Array.of(...get('/ws', UPGRADE), ...get('/a')), 1);
    const elements = reader.push('down', crlf('HTTP/1.1 403 No\nContent-Length: 2\n\nno'), 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 1 data', 'up 2 head']);
    assert.equal(reader.isSwitched, false);
  });

  it('pairs a held request with its answer also when both answers come at once', () => {
    const reader = new ConnectionReader();
    const next = crlf('HEAD /a HTTP/1.1\nHost: x\n\n');
    reader.push('up', Uint8Array.of(...get('/ws', UPGRADE), ...next), 1);
    const answer = 'HTTP/1.1 403 No\nContent-Length: 2\n\n';
    const elements = reader.push('down', crlf(`${answer}no${answer}`), 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 1 data', 'up 2 head', 'down 2 head']);
  });

  it('un-holds on the answer to the upgrade, not to an earlier request', () => {
    const reader = new ConnectionReader();
    const requests = [...get('/a'), ...get('/ws', UPGRADE), ...utf8('frames')];
    reader.push('up', Uint8Array.from(requests), 1);
    const first = reader.push('down', crlf('HTTP/1.1 200 OK\nContent-Length: 0\n\n'), 2);
    assert.deepEqual(outline(first), ['down 1 head']);
    assert.deepEqual(outline(reader.push('down', SWITCHING, 3)), ['down 2 head', 'up 2 switched']);
  });

  it('does not hold for Upgrade that Connection does not name (RFC 9110 §7.8)', () => {
    const reader = new ConnectionReader();
    const octets = Uint8Array.of(...get('/ws', 'Upgrade: websocket\n'), ...get('/a'));
    assert.deepEqual(outline(reader.push('up', octets, 1)), ['up 1 head', 'up 2 head']);
  });

  it('switches with a 2xx to CONNECT (RFC 9110 §9.3.6)', () => {
    const reader = new ConnectionReader();
    reader.push('up', crlf('CONNECT h:1 HTTP/1.1\nHost: h:1\n\nab'), 1);
    const elements = reader.push('down', crlf('HTTP/1.1 200 OK\n\nxy'), 2);
    assert.deepEqual(outline(elements), ['down 1 head', 'down 1 switched', 'up 1 switched']);
  });

  it('ends a body that lasts until the connection ends', () => {
    const reader = new ConnectionReader();
    reader.push('up', get('/a'), 1);
    reader.push('down', crlf('HTTP/1.1 200 OK\n\nabc'), 2);
    const [end] = reader.end('down', 3);
    assert.equal(end?.type, 'end');
    assert.equal(end?.exchange?.number, 1);
  });

  it('gives a response that nobody asked for an exchange without a request', () => {
    const reader = new ConnectionReader();
    const elements = reader.push('down', crlf('HTTP/1.1 408 x\nContent-Length: 0\n\n'), 1);
    assert.equal(elements[0]?.exchange?.request, undefined);
    assert.equal(elements[0]?.exchange?.number, 1);
  });

  it('leaves a request open that comes while an unasked response is read', () => {
    const reader = new ConnectionReader();
    reader.push('down', crlf('HTTP/1.1 408 x\nContent-Length: 1\n\n'), 1);
    reader.push('up', get('/a'), 2);
    const elements = reader.push('down', crlf('xHTTP/1.1 204 x\n\n'), 3);
    assert.deepEqual(outline(elements), ['down 1 data', 'down 2 head']);
    assert.equal(elements.at(-1)?.exchange?.request?.requestTarget, '/a');
  });

  it('does not hold for an upgrade that was refused before its body was complete', () => {
    const reader = new ConnectionReader();
    reader.push('up', get('/ws', `${UPGRADE}Content-Length: 2\n`), 1);
    reader.push('down', crlf('HTTP/1.1 403 No\nContent-Length: 0\n\n'), 2);
    const elements = reader.push('up', Uint8Array.of(...utf8('ab'), ...get('/a')), 3);
    assert.deepEqual(outline(elements), ['up 1 data', 'up 2 head']);
  });

  it('switches after the body when an upgrade is accepted before it is complete', () => {
    const reader = new ConnectionReader();
    reader.push('up', get('/ws', `${UPGRADE}Content-Length: 2\n`), 1);
    reader.push('down', SWITCHING, 2);
    const elements = reader.push('up', utf8('abcd'), 3);
    assert.deepEqual(outline(elements), ['up 1 data', 'up 1 switched']);
  });

  it('lets held octets go when the connection closes without an answer', () => {
    const reader = new ConnectionReader();
    reader.push('up', Uint8Array.of(...get('/ws', UPGRADE), ...utf8('\x81\x85')), 1);
    assert.deepEqual(outline(reader.close(2)), ['up - unread']);
    assert.deepEqual(reader.close(3), []);
  });

  it('reads the same elements however the octets arrive, and leaves no gap', () => {
    const up = latin1FromOctets(
      Uint8Array.of(
        ...get('/a'),
        ...crlf('POST /b HTTP/1.1\nTransfer-Encoding: chunked\n\n3;x\nabc\n0\nT: 1\n\n'),
        ...crlf('HEAD /c HTTP/1.1\nHost: x\n\n'),
        ...get('/d', 'If-None-Match: "1"\n'),
        ...get('/ws', UPGRADE),
        ...utf8('frames of the client'),
      ),
    );
    const down = [
      'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello',
      'HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nwiki\n0\n\n',
      'HTTP/1.1 200 OK\nContent-Length: 77\n\n',
      'HTTP/1.1 304 Not Modified\nContent-Length: 77\n\n',
    ].join('');
    const octets = {
      up: utf8(up),
      down: Uint8Array.of(...crlf(down), ...SWITCHING, ...utf8('frames of the server')),
    };
    const read = (nextLength: () => number, nextDirection: () => 'up' | 'down') => {
      const reader = new ConnectionReader();
      const elements: ConnectionElement[] = [];
      // The first direction is up, as a response never comes before its request.
      const at = { up: 0, down: 0 };
      while (at.up < octets.up.length || at.down < octets.down.length) {
        const isUp =
          at.down === octets.down.length ||
          at.up < octets.up.length * 0.9 ||
          nextDirection() === 'up';
        const direction = isUp && at.up < octets.up.length ? 'up' : 'down';
        const end = Math.min(at[direction] + nextLength(), octets[direction].length);
        elements.push(...reader.push(direction, octets[direction].slice(at[direction], end), 0));
        at[direction] = end;
      }
      const of = (direction: string) =>
        joinPieces(elements.filter((element) => element.direction === direction));
      return { up: of('up'), down: of('down') };
    };
    const whole = read(
      () => 10_000,
      () => 'up',
    );
    assertTiles(whole.up, octets.up);
    assertTiles(whole.down, octets.down);
    assert.deepEqual(
      whole.down.filter(({ type }) => type === 'end').map(({ exchange }) => exchange?.number),
      [1, 2, 2, 3, 4, 5],
    );
    const random = new Random(101);
    for (let round = 0; round < 200; round++) {
      const most = random.pick([1, 3, 20, 100]);
      const elements = read(
        () => random.integer(1, most),
        () => random.pick(['up', 'down']),
      );
      assert.deepEqual(elements, whole);
    }
  });
});
