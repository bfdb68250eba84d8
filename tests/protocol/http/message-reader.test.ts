import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { responseFraming } from '#protocol/http/framing.ts';
import type { MessageElement } from '#protocol/http/message-element.ts';
import { MessageReader } from '#protocol/http/message-reader.ts';
import { latin1FromOctets } from '#protocol/octets.ts';
import { crlf, utf8 } from '#tests/support/octets-of.ts';
import { joinPieces, readThreeWays } from '#tests/support/three-ways.ts';

const requests = () => {
  const reader = new MessageReader('request');
  return (octets: Uint8Array) => reader.push(octets);
};
const responsesTo = (method: string) => () => {
  const reader = new MessageReader('response', (head) => responseFraming(head, method));
  return (octets: Uint8Array) => reader.push(octets);
};
const outline = (elements: readonly MessageElement[]) =>
  elements.map(({ type, octets }) => `${type} ${octets.length}`);

const HEAD = 'POST / HTTP/1.1\nHost: x\n';

describe('MessageReader', () => {
  it('reads a body of the given length (RFC 9112 §6.2)', () => {
    const octets = crlf(`${HEAD}Content-Length: 3\n\nabc`);
    const elements = readThreeWays(requests, octets, utf8('GET'));
    assert.deepEqual(outline(elements), [`head ${octets.length - 3}`, 'data 3', 'end 0']);
  });

  it('ends at once with a length of 0 (RFC 9112 §6.2)', () => {
    const octets = crlf(`${HEAD}Content-Length: 0\n\n`);
    const elements = readThreeWays(requests, octets, utf8('GET'));
    assert.deepEqual(outline(elements), [`head ${octets.length}`, 'end 0']);
  });

  it('reads requests that follow each other at once (RFC 9112 §9.3.2)', () => {
    const octets = crlf('GET /a HTTP/1.1\nHost: x\n\nGET /b HTTP/1.1\nHost: x\n\n');
    const elements = readThreeWays(requests, octets, utf8('G'));
    assert.deepEqual(outline(elements), ['head 28', 'end 0', 'head 28', 'end 0']);
  });

  it('reads chunks with extensions and a trailer section (RFC 9112 §7.1)', () => {
    const body = '5;name="a;b"\nhello\n00A ; x\n0123456789\n0;last\nExpires: 0\n\n';
    const octets = crlf(`${HEAD}Transfer-Encoding: chunked\n\n${body}`);
    const elements = readThreeWays(requests, octets, utf8('P'));
    assert.deepEqual(outline(elements).slice(1), [
      'chunk-size 14',
      'chunk-data 5',
      'chunk-end 2',
      'chunk-size 9',
      'chunk-data 10',
      'chunk-end 2',
      'chunk-size 8',
      'trailer-section 14',
      'end 0',
    ]);
    const sizes = elements.flatMap((element) =>
      element.type === 'chunk-size' ? [[element.size, element.extension]] : [],
    );
    assert.deepEqual(sizes, [
      [5, ';name="a;b"'],
      [10, '; x'],
      [0, ';last'],
    ]);
    const trailer = elements.find((element) => element.type === 'trailer-section');
    assert.deepEqual(
      trailer?.fieldLines.map(({ name, value }) => [name, value]),
      [['Expires', '0']],
    );
  });

  it('reads an empty trailer section', () => {
    const octets = crlf(`${HEAD}Transfer-Encoding: chunked\n\n0\n\n`);
    const elements = readThreeWays(requests, octets, utf8('P'));
    assert.deepEqual(outline(elements).slice(1), ['chunk-size 3', 'trailer-section 2', 'end 0']);
  });

  it('skips empty lines before a request line (RFC 9112 §2.2)', () => {
    const elements = readThreeWays(requests, crlf('\n\nGET / HTTP/1.1\nHost: x\n\n'), utf8('G'));
    assert.deepEqual(outline(elements), ['unread 4', 'head 27', 'end 0']);
  });

  it('ends a body with the connection when nothing else ends it (RFC 9112 §6.3)', () => {
    const reader = new MessageReader('response', (head) => responseFraming(head, 'GET'));
    const elements = [...reader.push(crlf('HTTP/1.1 200 OK\n\nab')), ...reader.push(utf8('c'))];
    assert.deepEqual(outline(elements), ['head 19', 'data 2', 'data 1']);
    reader.end();
    assert.equal(reader.next()?.type, 'end');
    assert.equal(reader.next(), undefined);
  });

  it('reads no body after HEAD', () => {
    const octets = crlf('HTTP/1.1 200 OK\nContent-Length: 9\n\nHTTP/1.1 204 No\n\n');
    const elements = readThreeWays(responsesTo('HEAD'), octets, utf8('H'));
    assert.deepEqual(outline(elements), ['head 38', 'end 0', 'head 19', 'end 0']);
  });

  it('keeps octets that fit no message, and reads nothing after them', () => {
    const cases = [
      ['GET / HTTP/1.1\r\nbad\r\n\r\nGET / HTTP/1.1\r\n\r\n', 'FIELD_LINE_WITHOUT_COLON'],
      ['\x16\x03\x01\x02\x00\x01', 'REQUEST_LINE_MALFORMED'],
      [`${HEAD}Transfer-Encoding: chunked\n\nxyz\r\n`, 'CHUNK_SIZE_MALFORMED'],
      [`${HEAD}Transfer-Encoding: chunked\n\n-5\r\n`, 'CHUNK_SIZE_MALFORMED'],
      [`${HEAD}Transfer-Encoding: chunked\n\n0x5\r\n`, 'CHUNK_SIZE_MALFORMED'],
      [`${HEAD}Transfer-Encoding: chunked\n\n10000000000000\r\n`, 'CHUNK_SIZE_TOO_LARGE'],
      [`${HEAD}Transfer-Encoding: chunked\n\n1\r\nabc`, 'CHUNK_END_MALFORMED'],
    ] as const;
    for (const [text, code] of cases) {
      const octets = utf8(text);
      const elements = readThreeWays(requests, octets, new Uint8Array(0));
      const last = elements.at(-1);
      assert.equal(last?.type === 'unread' && last.code, code, text);
      const after = requests()(Uint8Array.of(...octets, ...crlf('GET / HTTP/1.1\nHost: x\n\n')));
      assert.equal(after.length, elements.length, text);
    }
  });

  it('refuses an endless head, chunk line and trailer section at a bound', () => {
    const long = 'a'.repeat(300 * 1024);
    const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
    for (const [text, code] of [
      [`GET /${long}`, 'HEAD_TOO_LONG'],
      [`${chunked}1;${long}`, 'CHUNK_LINE_TOO_LONG'],
      [`${chunked}0\r\n${long}`, 'HEAD_TOO_LONG'],
    ] as const) {
      const last = requests()(utf8(text)).at(-1);
      assert.equal(last?.type === 'unread' && last.code, code);
    }
  });

  it('says what is incomplete when the connection ends (RFC 9112 §8)', () => {
    for (const [text, rest] of [
      ['GET / HT', 'GET / HT'],
      [`${HEAD}Content-Length: 3\r\n\r\nab`, ''],
      [`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nab`, ''],
      [`${HEAD}Transfer-Encoding: chunked\r\n\r\n5`, '5'],
    ] as const) {
      const reader = new MessageReader('request');
      reader.push(utf8(text));
      reader.end();
      const element = reader.next();
      assert.equal(element?.type === 'unread' && element.code, 'MESSAGE_INCOMPLETE', text);
      assert.equal(element && latin1FromOctets(element.octets), rest);
      assert.equal(reader.next(), undefined);
    }
  });

  it('says nothing when the connection ends between messages', () => {
    const reader = new MessageReader('request');
    reader.push(crlf('GET / HTTP/1.1\nHost: x\n\n'));
    reader.end();
    assert.equal(reader.next(), undefined);
  });

  it('hands out views, not copies', () => {
    const octets = crlf(`${HEAD}Content-Length: 3\n\nabc`);
    for (const element of new MessageReader('request').push(octets)) {
      assert.equal(element.octets.buffer, octets.buffer, element.type);
    }
    assert.equal(joinPieces([]).length, 0);
  });
});
