import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { HarEntry } from '#capture/export/har-format.ts';
import { harFromRows } from '#capture/export/har.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { addFrameStream } from '#tests/oracle/frame-streams.ts';
import { addHttpStream } from '#tests/oracle/http-streams.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';
import { harProblems } from './har-checks.ts';
import { schemaProblems } from './har-schema.ts';
import { RecordedRun, rowsOf } from './recorded-run.ts';

const BEGAN_AT = Date.UTC(2026, 10, 23, 12);
const options = { beganAt: BEGAN_AT, version: 'abc123' };

function entriesOf(events: readonly WireEvent[]): readonly HarEntry[] {
  const har = harFromRows(rowsOf(events), options);
  assert.deepEqual(harProblems(har), []);
  // As a reader gets it.
  assert.deepEqual(schemaProblems(JSON.parse(JSON.stringify(har))), []);
  return har.log.entries;
}

function entryOf(fill: (run: RecordedRun) => void): HarEntry {
  const run = new RecordedRun();
  fill(run);
  const [entry] = entriesOf(run.events);
  return entry ?? assert.fail('no entry');
}

describe('a run as HAR 1.2', () => {
  it('has every field that the format requires, and no unknown one, whatever was captured', () => {
    const random = new Random(12);
    const run = new RecordedRun();
    for (let connection = 1; connection <= 60; connection++) {
      if (connection % 2 === 0) addHttpStream(run, connection, random);
      else addFrameStream(run, connection, random, { isLegal: false, hasLargeFrame: false });
    }
    const entries = entriesOf(run.events);
    assert.ok(entries.length >= 60);
    assert.ok(entries.some(({ response }) => response.content.text !== undefined));
  });

  it('is held against a schema that finds what is missing or of another type', () => {
    const run = new RecordedRun();
    run.open(1);
    run.text(1, 'up', 'GET / HTTP/1.1\nHost: a\n\n');
    const har = harFromRows(rowsOf(run.events), options);
    const [entry] = har.log.entries;
    for (const wrong of [
      { ...entry, startedDateTime: 'today' },
      { ...entry, time: '6' },
      { ...entry, request: { ...entry?.request, url: 'not a URL' } },
      { ...entry, response: { ...entry?.response, status: undefined } },
    ]) {
      const broken = JSON.parse(
        JSON.stringify({ log: { ...har.log, entries: [wrong] } }),
      ) as unknown;
      assert.notDeepEqual(schemaProblems(broken), [], JSON.stringify(wrong));
    }
  });

  it('has one entry per exchange, timed from octets to octets', () => {
    const entry = entryOf((run) => {
      run.open(1);
      run.text(
        1,
        'up',
        'POST /live/run/echo/ping?a=1&b=%20 HTTP/1.1\nHost: localhost:4321\nContent-Type: application/json\nContent-Length: 2\n\n',
      );
      run.text(1, 'up', '{}');
      run.text(1, 'down', 'HTTP/1.1 100 Continue\n\n');
      run.text(
        1,
        'down',
        'HTTP/1.1 404 Not Found\nContent-Type: text/plain\nLocation: /there\nContent-Length: 4\n\n',
      );
      run.text(1, 'down', 'n');
      run.text(1, 'down', 'one');
    });
    assert.equal(entry.startedDateTime, '2026-11-23T12:00:00.003Z');
    assert.equal(entry.request.url, 'http://localhost:4321/live/run/echo/ping?a=1&b=%20');
    assert.deepEqual(entry.request.queryString, [
      { name: 'a', value: '1' },
      { name: 'b', value: ' ' },
    ]);
    assert.equal(entry.request.bodySize, 2);
    assert.deepEqual(entry.request.postData, {
      mimeType: 'application/json',
      params: [],
      text: '{}',
    });
    const { status, statusText, content, redirectURL, bodySize } = entry.response;
    assert.deepEqual([status, statusText, redirectURL, bodySize], [404, 'Not Found', '/there', 4]);
    assert.deepEqual(content, { size: 4, mimeType: 'text/plain', text: 'none' });
    const { send, wait, receive, connect } = entry.timings;
    assert.deepEqual([connect, send, wait, receive], [-1, 1.25, 2.5, 2.5]);
    assert.equal(entry.time, 6.25);
    assert.deepEqual([entry._sender, entry._hop, entry.connection], ['BROWSER', 0, '1']);
  });

  it('keeps field lines as sent, each one, and shows withheld octets as •', () => {
    const entry = entryOf((run) => {
      run.open(1);
      run.octets(
        1,
        'up',
        Buffer.from(
          'GET / HTTP/1.1\r\nHOST: a\r\nX: 1\r\nx: 2\r\nCookie: \x95\x95\r\n\r\n',
          'latin1',
        ),
      );
    });
    assert.deepEqual(entry.request.headers, [
      { name: 'HOST', value: 'a' },
      { name: 'X', value: '1' },
      { name: 'x', value: '2' },
      { name: 'Cookie', value: '••' },
    ]);
    assert.equal(entry.request.url, 'http://a/');
    assert.equal(entry.response.status, 0);
  });

  it('undoes chunks, those of a response that has not ended too (RFC 9112 §7.1)', () => {
    const entry = entryOf((run) => {
      run.open(1);
      run.text(1, 'up', 'GET / HTTP/1.1\nHost: a\n\n');
      run.text(
        1,
        'down',
        'HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n',
      );
      run.octets(1, 'down', Buffer.from('8;x=1\r\ndata: a\n\r\n2\r\n\nb\r\n'));
    });
    assert.equal(entry.response.content.text, 'data: a\n\nb');
    assert.equal(entry.response.bodySize, -1);
  });

  it('writes content that is no text in base64', () => {
    for (const [type, octets, encoding] of [
      ['image/png', 'abc', 'base64'],
      ['text/plain', '\xff\xfe\xfd', 'base64'],
      ['application/problem+json', '{ }', undefined],
    ] as const) {
      const { response } = entryOf((run) => {
        run.open(1);
        run.text(1, 'up', 'GET / HTTP/1.1\nHost: a\n\n');
        run.text(1, 'down', `HTTP/1.1 200 OK\nContent-Type: ${type}\nContent-Length: 3\n\n`);
        run.octets(1, 'down', Buffer.from(octets, 'latin1'));
      });
      assert.equal(response.content.encoding, encoding, type);
      const text = Buffer.from(response.content.text ?? '', encoding ?? 'utf8');
      assert.equal(text.toString('latin1'), octets);
    }
  });
});

/** Frames of RFC 6455 §5.7 and a Close. */
function webSocketRun(): RecordedRun {
  const run = new RecordedRun();
  run.webSocket(1);
  run.octets(1, 'up', octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58'));
  run.octets(1, 'down', octetsFromHex('01 03 48 65 6c'));
  run.octets(1, 'down', octetsFromHex('89 05 48 65 6c 6c 6f'));
  run.octets(1, 'down', octetsFromHex('80 02 6c 6f'));
  run.octets(1, 'down', octetsFromHex('82 02 00 ff'));
  return run;
}

describe('a WebSocket in a HAR', () => {
  it('lists whole messages and control frames with their time in seconds', () => {
    const run = webSocketRun();
    const [entry] = entriesOf(run.events);
    assert.equal(entry?.request.url, 'ws://localhost:4321/live/run/echo/ws');
    assert.equal(entry.response.status, 101);
    assert.equal(entry._resourceType, 'websocket');
    const at = (event: number): number => (BEGAN_AT + event * 1.25) / 1000;
    assert.deepEqual(entry._webSocketMessages, [
      { type: 'send', time: at(4), opcode: 1, data: 'Hello' },
      { type: 'receive', time: at(6), opcode: 9, data: Buffer.from('Hello').toString('base64') },
      { type: 'receive', time: at(7), opcode: 1, data: 'Hello' },
      { type: 'receive', time: at(8), opcode: 2, data: 'AP8=' },
    ]);
    assert.equal(entry._webSocketClosed, undefined);
  });

  it('says who closed it first, with which code and reason (RFC 6455 §7.1.5)', () => {
    const run = webSocketRun();
    run.octets(1, 'down', octetsFromHex('88 05 0f a1 62 79 65'));
    run.octets(1, 'up', octetsFromHex('88 80 00 00 00 00'));
    run.close(1);
    assert.deepEqual(entriesOf(run.events)[0]?._webSocketClosed, {
      code: 4001,
      reason: 'bye',
      type: 'receive',
      time: (BEGAN_AT + 9 * 1.25) / 1000,
    });
  });

  it('was closed with 1005 after a Close without a code, with 1006 without a Close', () => {
    const empty = webSocketRun();
    empty.octets(1, 'up', octetsFromHex('88 80 00 00 00 00'));
    assert.equal(entriesOf(empty.events)[0]?._webSocketClosed?.code, 1005);
    const lost = webSocketRun();
    lost.close(1, true);
    assert.equal(entriesOf(lost.events)[0]?._webSocketClosed?.code, 1006);
  });

  it('keeps a text whole that its row shows only the beginning of', () => {
    const run = new RecordedRun();
    run.webSocket(1);
    run.octets(
      1,
      'down',
      Uint8Array.of(0x81, 126, 5000 >> 8, 5000 & 255, ...new Array<number>(5000).fill(0x61)),
    );
    const [message] = entriesOf(run.events)[0]?._webSocketMessages ?? [];
    assert.equal(message?.data, 'a'.repeat(5000));
  });

  it('says what a deflated message inflates to, and its length on the wire (RFC 7692 §7.2.3)', () => {
    const run = new RecordedRun();
    run.webSocket(1, 'permessage-deflate');
    run.octets(1, 'down', octetsFromHex('41 03 f2 48 cd 80 04 c9 c9 07 00'));
    run.octets(1, 'down', octetsFromHex('c2 05 f2 00 11 00 00'));
    run.octets(1, 'down', octetsFromHex('81 02 6e 6f'));
    run.octets(1, 'down', octetsFromHex('c1 02 07 00'));
    const [text, binary, plain, broken] = entriesOf(run.events)[0]?._webSocketMessages ?? [];
    assert.deepEqual([text?.data, text?._compressed], ['Hello', 7]);
    assert.deepEqual([binary?.data, binary?._compressed], ['SGVsbG8=', 5]);
    assert.deepEqual([plain?.data, plain?._compressed], ['no', undefined]);
    assert.deepEqual([broken?.data, broken?._compressed], ['BwA=', 'not inflated']);
  });

  it('that was refused has no messages', () => {
    const run = new RecordedRun();
    run.open(1);
    run.text(1, 'up', 'GET / HTTP/1.1\nHost: a\nConnection: Upgrade\nUpgrade: websocket\n\n');
    run.text(1, 'down', 'HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n');
    const [entry] = entriesOf(run.events);
    assert.equal(entry?._webSocketMessages, undefined);
    assert.equal(entry?.response.status, 403);
  });
});
