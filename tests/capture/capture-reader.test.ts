import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import { octetsFromHex, octetsFromLatin1 } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

const GET = 'GET /a HTTP/1.1\nHost: x\n';
const UPGRADE = `GET /ws HTTP/1.1
Host: x
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

`;
const SWITCHING = `HTTP/1.1 101 Switching Protocols
Connection: Upgrade
Upgrade: websocket
Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

`;

function rowsOf({ events }: EventScript): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  assert.deepEqual(
    reader.rows.map(({ number }) => number),
    reader.rows.map((_, index) => index + 1),
  );
  return reader.rows;
}

const kinds = (rows: readonly Row[]) => rows.map(({ kind }) => kind);
const ofKind = (rows: readonly Row[], kind: Row['kind']) => rows.filter((row) => row.kind === kind);
/** A script of one connection that speaks WebSocket. */
const webSocket = () =>
  new EventScript().open(1).octets(1, 'up', UPGRADE).octets(1, 'down', SWITCHING);

describe('CaptureReader, HTTP', () => {
  it('reads an exchange: heads, body, who answers what', () => {
    const rows = rowsOf(
      new EventScript()
        .open(4, { exchangesBefore: 3 })
        .octets(4, 'up', `${GET}\n`)
        .octets(4, 'down', 'HTTP/1.1 200 OK\nContent-Length: 5\nETag: "1"\n\nhello')
        .end(4, 'down')
        .close(4),
    );
    assert.deepEqual(kinds(rows), [
      'tcp.open',
      'http.req.head',
      'http.res.head',
      'http.res.body',
      'tcp.fin',
      'tcp.close',
    ]);
    const [open, request, response, body] = rows;
    assert.equal(open?.data['exchangesBefore'], 3);
    assert.deepEqual(
      [request?.data['method'], request?.data['requestTarget'], request?.data['exchange']],
      ['GET', '/a', 1],
    );
    assert.deepEqual(
      [request?.vantage, request?.sender, request?.direction, request?.hop, request?.connection],
      ['wire', 'BROWSER', 'up', 0, 4],
    );
    assert.deepEqual([response?.sender, response?.direction], ['SERVER', 'down']);
    assert.equal(response?.data['statusCode'], 200);
    assert.equal(response?.data['reasonPhrase'], 'OK');
    assert.deepEqual(response?.data['fields'], { 'content-length': '5', etag: '"1"' });
    assert.equal(response?.answers, request?.number);
    assert.equal(response?.data['bodyLength'], 5);
    assert.equal(request?.data['bodyLength'], 0);
    assert.equal(body?.answers, response?.number);
    assert.equal(Buffer.from(body?.octets ?? []).toString(), 'hello');
  });

  it('ties interim and final response to their request (RFC 9110 §15.2)', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', 'HTTP/1.1 103 Early Hints\n\n')
        .octets(1, 'down', 'HTTP/1.1 204 No Content\n\n'),
    );
    assert.deepEqual(
      ofKind(rows, 'http.res.head').map(({ answers }) => answers),
      [2, 2],
    );
  });

  it('names what is wrong with a chunk in the chunk’s row (RFC 9112 §7.1)', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n')
        .octets(1, 'down', '2 \nab\n0\n\n'),
    );
    const codes = ofKind(rows, 'http.chunk').map(({ data }) =>
      (data['violations'] as { code: string }[] | undefined)?.map(({ code }) => code),
    );
    assert.deepEqual(codes, [['CHUNK_SIZE_WITH_WHITESPACE'], undefined]);
  });

  it('ties a 304 to the 200 that it renews (RFC 9111 §4.3.4)', () => {
    const full = (etag: string) => `HTTP/1.1 200 OK\nContent-Length: 0\nETag: ${etag}\n\n`;
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', full('W/"1"'))
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', full('"2"'))
        .octets(1, 'up', `${GET}If-None-Match: "1"\n\n`)
        .octets(1, 'down', 'HTTP/1.1 304 Not Modified\n\n')
        .octets(1, 'up', `${GET}If-None-Match: "3"\n\n`)
        .octets(1, 'down', 'HTTP/1.1 304 Not Modified\n\n'),
    );
    const responses = ofKind(rows, 'http.res.head');
    assert.equal(responses[2]?.data['revalidates'], responses[0]?.number);
    assert.equal(responses[3]?.data['revalidates'], undefined);
  });

  it('ties a 304 to the newest of several 200s with that entity tag', () => {
    const full = 'HTTP/1.1 200 OK\nContent-Length: 0\nETag: "1"\n\n';
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n${GET}\n${GET}If-None-Match: "0", "1"\n\n`)
        .octets(1, 'down', `${full}${full}HTTP/1.1 304 Not Modified\n\n`),
    );
    const [, newest, notModified] = ofKind(rows, 'http.res.head');
    assert.equal(notModified?.data['revalidates'], newest?.number);
  });

  it('ties a 304 by Last-Modified when there is no entity tag', () => {
    const date = 'Fri, 13 Nov 2026 12:00:00 GMT';
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', `HTTP/1.1 200 OK\nContent-Length: 0\nLast-Modified: ${date}\n\n`)
        .octets(1, 'up', `${GET}If-Modified-Since: ${date}\n\n`)
        .octets(1, 'down', 'HTTP/1.1 304 Not Modified\n\n'),
    );
    const [full, notModified] = ofKind(rows, 'http.res.head');
    assert.equal(notModified?.data['revalidates'], full?.number);
  });

  it('reads chunks and the events of an event stream as they come', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(
          1,
          'down',
          'HTTP/1.1 200 OK\nContent-Type: text/event-stream; charset=utf-8\nTransfer-Encoding: chunked\n\n',
        )
        .octets(1, 'down', octetsFromLatin1('b\r\nid: 7\ndata:\r\n5\r\n ok\n\n\r\n'))
        .octets(1, 'down', '0\nX-Sum: 1\n\n'),
    );
    assert.deepEqual(kinds(rows).slice(3), [
      'http.chunk',
      'sse.event',
      'http.chunk',
      'http.chunk',
      'http.res.body',
    ]);
    const [event] = ofKind(rows, 'sse.event');
    assert.deepEqual(
      ['id', 'event', 'data', 'number'].map((name) => event?.data[name]),
      ['7', 'message', 'ok', 1],
    );
    const [head] = ofKind(rows, 'http.res.head');
    assert.equal(event?.answers, head?.number);
    assert.equal(Buffer.from(event?.octets ?? []).toString(), 'id: 7\ndata: ok\n\n');
    assert.deepEqual(
      ofKind(rows, 'http.chunk').map(({ data }) => data['size']),
      [11, 5, 0],
    );
    assert.deepEqual(ofKind(rows, 'http.chunk')[2]?.data['trailers'], { 'x-sum': '1' });
    assert.equal(head?.data['bodyLength'], 16);
    assert.equal(ofKind(rows, 'http.res.body')[0]?.octets, undefined, 'its octets are the chunks');
  });

  it('keeps what came of a body when the connection is lost', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', 'HTTP/1.1 200 OK\nContent-Length: 9\n\nabc')
        .close(1, true),
    );
    const [body] = ofKind(rows, 'http.res.body');
    assert.deepEqual([body?.data['length'], body?.data['complete']], [3, false]);
    assert.equal(rows.at(-1)?.data['hadError'], true);
  });

  it('keeps what came of a chunk, and sums pieces that came apart', () => {
    const head = 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n9\nab';
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', head)
        .octets(1, 'down', 'cd')
        .close(1),
    );
    const [chunk] = ofKind(rows, 'http.chunk');
    assert.deepEqual(
      ['size', 'dataLength', 'complete'].map((name) => chunk?.data[name]),
      [9, 4, false],
    );
    assert.equal(Buffer.from(chunk?.octets ?? []).toString(), '9\r\nabcd');
  });

  it('shows withheld octets as bullets, and takes any field name', () => {
    const head = `${GET}Cookie: \x95\x95\x95\n__proto__: a\n__proto__: b\n\n`.replaceAll(
      '\n',
      '\r\n',
    );
    const rows = rowsOf(new EventScript().open(1).octets(1, 'up', octetsFromLatin1(head)));
    const fields = ofKind(rows, 'http.req.head')[0]?.data['fields'] as Record<string, string>;
    assert.equal(fields['cookie'], '•••');
    assert.equal(Object.getOwnPropertyDescriptor(fields, '__proto__')?.value, 'a, b');
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
  });

  it('keeps octets that fit no message as they are', () => {
    const hello = octetsFromHex('16 03 01 02 00');
    const rows = rowsOf(new EventScript().open(1).octets(1, 'up', hello));
    const [unread] = ofKind(rows, 'octets.unread');
    assert.deepEqual(unread?.octets, hello);
    assert.equal(unread?.data['code'], 'REQUEST_LINE_MALFORMED');
  });

  it('says that a box sent what comes back from behind it', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', 'GET /live/r/d/via/buffer/x HTTP/1.1\nHost: a\n\n')
        .octets(1, 'down', 'HTTP/1.1 204 No Content\n\n')
        .octets(1, 'up', 'GET /live/r/d/x HTTP/1.1\nHost: a\n\n')
        .octets(1, 'down', 'HTTP/1.1 204 No Content\n\n'),
    );
    assert.deepEqual(
      rows.map(({ kind, sender }) => `${kind} ${sender ?? ''}`),
      [
        'tcp.open BROWSER',
        'http.req.head BROWSER',
        'http.res.head BOX',
        'http.req.head BROWSER',
        'http.res.head SERVER',
      ],
    );
  });

  it('says which box opened a connection, for whom, and what boxes and servers note', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .open(2, { sender: 'BOX', hop: 1, box: 'buffer', onBehalfOf: 1 })
        .octets(2, 'up', `${GET}\n`)
        .note('box', 'held', { name: 'forged', octets: 3 })
        .note('server', 'message', { length: 5 }),
    );
    assert.deepEqual(
      [rows[1]?.data['box'], rows[1]?.data['onBehalfOf'], rows[2]?.sender, rows[2]?.hop],
      ['buffer', 1, 'BOX', 1],
    );
    assert.deepEqual(
      [rows[3]?.kind, rows[3]?.vantage, rows[3]?.data['name']],
      ['box', 'box', 'held'],
    );
    assert.deepEqual(rows[4]?.data, { name: 'message', length: 5 });
  });
});

describe('CaptureReader, WebSocket', () => {
  it('reads the handshake and recomputes the accept value (RFC 6455 §1.3)', () => {
    const rows = rowsOf(webSocket());
    const [handshake] = ofKind(rows, 'ws.handshake');
    assert.equal(handshake?.answers, ofKind(rows, 'http.req.head')[0]?.number);
    const { accepted, statusCode, accept, acceptExpected, acceptMatches, violations } =
      handshake?.data ?? {};
    assert.deepEqual([accepted, statusCode, acceptMatches, violations], [true, 101, true, []]);
    assert.equal(accept, acceptExpected);
  });

  it('says that the accept value is wrong', () => {
    const wrong = SWITCHING.replace('s3pP', 'S3pP');
    const rows = rowsOf(
      new EventScript().open(1).octets(1, 'up', UPGRADE).octets(1, 'down', wrong),
    );
    const { acceptMatches, violations } = ofKind(rows, 'ws.handshake')[0]?.data ?? {};
    assert.equal(acceptMatches, false);
    assert.deepEqual(
      (violations as { code: string }[]).map(({ code }) => code),
      ['ACCEPT_WRONG'],
    );
  });

  it('does not take an interim response for the answer to a handshake', () => {
    const answers = `HTTP/1.1 103 Early Hints\n\n${SWITCHING}`;
    const rows = rowsOf(
      new EventScript().open(1).octets(1, 'up', UPGRADE).octets(1, 'down', answers),
    );
    assert.deepEqual(
      ofKind(rows, 'ws.handshake').map(({ data }) => data['accepted']),
      [true],
    );
  });

  it('says that a handshake was refused, or never answered', () => {
    const refused = rowsOf(
      new EventScript().open(1).octets(1, 'up', UPGRADE).octets(1, 'down', 'HTTP/1.1 403 No\n\n'),
    );
    const [handshake] = ofKind(refused, 'ws.handshake');
    assert.deepEqual([handshake?.data['accepted'], handshake?.data['statusCode']], [false, 403]);
    const silent = rowsOf(new EventScript().open(1).octets(1, 'up', UPGRADE).close(1));
    assert.equal(ofKind(silent, 'ws.handshake')[0]?.data['accepted'], false);
  });

  it('reads frames and messages of RFC 6455 §5.7', () => {
    const rows = rowsOf(
      webSocket()
        .octets(1, 'up', octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58'))
        .octets(1, 'down', octetsFromHex('01 03 48 65 6c 80 02 6c 6f')),
    );
    const [up, first, last] = ofKind(rows, 'ws.frame');
    const { masked, payloadLength, lengthForm, headerLength, text, violations, opcodeName } =
      up?.data ?? {};
    assert.deepEqual(
      [masked, payloadLength, lengthForm, headerLength, text, violations, opcodeName],
      [true, 5, 7, 6, 'Hello', [], 'text'],
    );
    assert.deepEqual([first?.data['text'], last?.data['text']], ['Hel', 'lo']);
    const messages = ofKind(rows, 'ws.message');
    assert.deepEqual(
      messages.map(({ direction, data }) => [
        direction,
        data['type'],
        data['length'],
        data['text'],
        data['fragments'],
      ]),
      [
        ['up', 'text', 5, 'Hello', 1],
        ['down', 'text', 5, 'Hello', 2],
      ],
    );
    assert.equal(messages[1]?.answers, first?.number);
  });

  it('ties a Pong to its Ping and a Close to the Close before it (RFC 6455 §5.5)', () => {
    const rows = rowsOf(
      webSocket()
        .octets(1, 'down', octetsFromHex('89 01 70 89 01 71'))
        .octets(1, 'up', octetsFromHex('8a 81 00 00 00 00 71 8a 81 00 00 00 00 7a'))
        .octets(1, 'up', octetsFromHex('88 85 00 00 00 00 0f a1 62 79 65'))
        .octets(1, 'down', octetsFromHex('88 02 0f a1')),
    );
    const [, second, pong, unasked, close, answer] = ofKind(rows, 'ws.frame');
    assert.equal(pong?.answers, second?.number);
    assert.equal(unasked?.answers, undefined);
    assert.deepEqual([close?.data['closeCode'], close?.data['closeReason']], [4001, 'bye']);
    assert.equal(answer?.answers, close?.number);
  });

  it('takes a Pong for the answer to the newest of several equal Pings (RFC 6455 §5.5.3)', () => {
    const rows = rowsOf(
      webSocket()
        .octets(1, 'down', octetsFromHex('89 01 70 89 01 70'))
        .octets(1, 'up', octetsFromHex('8a 81 00 00 00 00 70')),
    );
    const [, newest, pong] = ofKind(rows, 'ws.frame');
    assert.equal(pong?.answers, newest?.number);
  });

  it('counts the frames of a message without the control frames between them', () => {
    const rows = rowsOf(webSocket().octets(1, 'down', octetsFromHex('01 01 41 89 00 80 01 42')));
    const [first, , last] = ofKind(rows, 'ws.frame');
    const [message] = ofKind(rows, 'ws.message');
    assert.deepEqual(message?.data['frames'], [first?.number, last?.number]);
  });

  it('names broken rules of frame, message and close body together', () => {
    const rows = rowsOf(webSocket().octets(1, 'up', octetsFromHex('80 00 88 01 03')));
    const codes = ofKind(rows, 'ws.frame').map(({ data }) =>
      (data['violations'] as { code: string }[]).map(({ code }) => code),
    );
    assert.deepEqual(codes, [
      ['CLIENT_FRAME_NOT_MASKED', 'CONTINUATION_WITHOUT_MESSAGE'],
      ['CLIENT_FRAME_NOT_MASKED', 'CLOSE_BODY_OF_ONE_OCTET'],
    ]);
  });

  it('cuts long texts, and reads no text in binary', () => {
    const long = Uint8Array.of(0x81, 126, 0x0f, 0xa0, ...new Uint8Array(4000).fill(0x61));
    const rows = rowsOf(
      webSocket().octets(1, 'down', long).octets(1, 'down', octetsFromHex('82 01 41')),
    );
    const [text, binary] = ofKind(rows, 'ws.frame');
    assert.equal((text?.data['text'] as string).length, 1000);
    assert.equal(binary?.data['text'], undefined);
  });

  it('reads frames that came with the request at the time at which they came', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', UPGRADE)
        .octets(1, 'up', octetsFromHex('81 80 00 00 00 00'))
        .octets(1, 'down', SWITCHING),
    );
    const [frame] = ofKind(rows, 'ws.frame');
    assert.equal(frame?.t, 3);
  });
});

describe('CaptureReader, losses', () => {
  it('says what the server dropped, and reads on at the next request', () => {
    const rows = rowsOf(
      new EventScript()
        .open(1)
        .octets(1, 'up', `${GET}\n`)
        .dropped(5, 700)
        .octets(1, 'down', 'the end of something\n')
        .octets(1, 'up', `${GET}\n`)
        .octets(1, 'down', 'HTTP/1.1 204 No Content\n\n'),
    );
    assert.deepEqual(kinds(rows).slice(2), [
      'dropped',
      'octets.unread',
      'http.req.head',
      'http.res.head',
    ]);
    assert.deepEqual(rows[2]?.data, { events: 5, octets: 700 });
    assert.equal(rows[3]?.data['code'], 'EVENTS_LOST');
    assert.equal(rows[5]?.answers, rows[4]?.number);
  });

  it('reads no frames after a loss: where one begins is not known', () => {
    const rows = rowsOf(webSocket().dropped(1, 10).octets(1, 'down', octetsFromHex('81 00')));
    assert.deepEqual(kinds(rows).slice(-2), ['dropped', 'octets.unread']);
    const looksLikeOne = rowsOf(webSocket().dropped(1, 10).octets(1, 'up', `${GET}\n`));
    assert.equal(looksLikeOne.at(-1)?.kind, 'octets.unread');
  });

  it('notices a gap that nobody announced, and an opening that it never saw', () => {
    const reader = new CaptureReader();
    const script = new EventScript().open(1).octets(1, 'up', 'x').octets(1, 'up', `${GET}\n`);
    const last = script.events.at(-1);
    assert.ok(last);
    assert.deepEqual(kinds(reader.pushWire(last)), ['dropped', 'http.req.head']);
    assert.deepEqual(reader.rows[0]?.data, { events: 2 });
  });

  it('ignores events that it has read before', () => {
    const reader = new CaptureReader();
    const { events } = new EventScript().open(1).octets(1, 'up', `${GET}\n`);
    for (const event of [...events, ...events]) reader.pushWire(event);
    assert.deepEqual(kinds(reader.rows), ['tcp.open', 'http.req.head']);
  });
});

describe('CaptureReader, page', () => {
  it('adds what the page saw, under its name', () => {
    const reader = new CaptureReader();
    const [row] = reader.pushPage({ t: 5, name: 'close', data: { code: 4001, name: 'forged' } });
    assert.deepEqual(
      [row?.kind, row?.vantage, row?.t, row?.data],
      ['app', 'page', 5, { code: 4001, name: 'close' }],
    );
  });
});
