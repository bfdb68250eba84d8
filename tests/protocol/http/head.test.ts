import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decodeRequestHead,
  decodeResponseHead,
  fieldMembers,
  fieldValue,
} from '#protocol/http/head.ts';
import { varyMismatch } from '#protocol/fields/vary.ts';
import { headViolations } from '#protocol/http/head-violations.ts';
import { HttpSyntaxError } from '#protocol/http/violation.ts';
import { latin1FromOctets, octetsFromLatin1 } from '#protocol/octets.ts';
import { crlf, utf8 } from '#tests/support/octets-of.ts';
import { decodeThreeWays } from '#tests/support/three-ways.ts';

describe('decodeRequestHead', () => {
  it('finds the parts of the request line (RFC 9112 §3)', () => {
    // Curriculum B.1: the minimal GET is 49 octets.
    const octets = crlf('GET /api/feed HTTP/1.1\nHost: app.example.com\n\n');
    assert.equal(octets.length, 49);
    const { head } = decodeThreeWays(decodeRequestHead, octets);
    assert.equal(head.method, 'GET');
    assert.equal(head.requestTarget, '/api/feed');
    assert.equal(head.httpVersion, 'HTTP/1.1');
    assert.equal(head.length, 49);
    const text = latin1FromOctets(octets);
    assert.equal(text.indexOf('/api/feed'), head.requestTargetOffset);
    assert.equal(text.indexOf('HTTP/'), head.httpVersionOffset);
  });

  it('finds name and value of every field line without the white space (RFC 9112 §5.1)', () => {
    const octets = crlf('GET / HTTP/1.1\nHost:x\nX-A: \t b c\t \nEmpty:\nX-a:d\n\n');
    const text = latin1FromOctets(octets);
    const { head } = decodeThreeWays(decodeRequestHead, octets);
    assert.deepEqual(
      head.fieldLines.map((line) => [line.name, line.value]),
      [
        ['Host', 'x'],
        ['X-A', 'b c'],
        ['Empty', ''],
        ['X-a', 'd'],
      ],
    );
    for (const line of head.fieldLines) {
      const at = (offset: number, length: number) => text.slice(offset, offset + length);
      assert.equal(at(line.nameOffset, line.name.length), line.name);
      assert.equal(at(line.valueOffset, line.valueLength), line.value);
      assert.match(at(line.lineOffset, line.lineLength), /^[^\n]+\r\n$/);
    }
    assert.equal(fieldValue(head, 'x-a'), 'b c, d');
    assert.equal(fieldValue(head, 'x-b'), undefined);
  });

  it('reads a long value of blanks in one pass: whoever sends one can not keep us busy', () => {
    // In a time that grows with the square of the length, this would take minutes.
    const blanks = ' \t'.repeat(125_000);
    const head = decodeRequestHead(utf8(`GET / HTTP/1.1\r\nX:a${blanks}b${blanks}\r\n\r\n`))?.head;
    assert.equal(head?.fieldLines[0]?.value, `a${blanks}b`);
    const agreed = { x: `a${blanks}b` };
    assert.equal(varyMismatch(['x'], agreed, agreed), undefined);
  });

  it('keeps octets above 127 as they are (RFC 9110 §5.5)', () => {
    const octets = octetsFromLatin1('GET / HTTP/1.1\r\nX: \x95\xe9\r\n\r\n');
    assert.equal(decodeRequestHead(octets)?.head.fieldLines[0]?.value, '\x95\xe9');
  });

  it('lays a fold out as part of its field and names it (RFC 9112 §5.2)', () => {
    const { head } = decodeThreeWays(
      decodeRequestHead,
      crlf('GET / HTTP/1.1\nHost: x\nA: b\n  c\n\n'),
    );
    const line = head.fieldLines[1];
    assert.equal(line?.value, 'b c');
    assert.equal(line?.valueLength, 'b\r\n  c'.length);
    assert.equal(line?.lineLength, 'A: b\r\n  c\r\n'.length);
    assert.deepEqual(
      headViolations(head).map(({ code }) => code),
      ['OBS_FOLD'],
    );
  });

  it('lays out what only breaks rules, and names them', () => {
    const cases = [
      ['GET / HTTP/1.1\nHost: x\n\n', ['BARE_LF'], 'RFC 9112 §2.2'],
      [
        'GET / HTTP/1.1\r\nHost : x\r\n\r\n',
        ['WHITESPACE_BEFORE_COLON', 'HOST_MISSING'],
        'RFC 9112 §5.1',
      ],
      ['GET / HTTP/1.1\r\nHost: x\r\nA b: x\r\n\r\n', ['FIELD_NAME_NOT_TOKEN'], 'RFC 9110 §5.1'],
      [
        'GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n',
        ['FIELD_VALUE_WITH_CONTROL'],
        'RFC 9110 §5.5',
      ],
      ['GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n', ['BARE_CR'], 'RFC 9112 §2.2'],
      ['GET / HTTP/1.1\r\n\r\n', ['HOST_MISSING'], 'RFC 9112 §3.2'],
      ['GET / HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n', ['HOST_REPEATED'], 'RFC 9112 §3.2'],
      ['GET / HTTP/1.0\r\n\r\n', [], ''],
      ['GET / HTTP/1.1\r\nHost: x\r\nA: b\tc\r\n\r\n', [], ''],
    ] as const;
    for (const [text, codes, section] of cases) {
      const decoded = decodeRequestHead(utf8(text));
      assert.ok(decoded, text);
      const violations = headViolations(decoded.head);
      assert.deepEqual(
        violations.map(({ code }) => code),
        codes,
        text,
      );
      if (section !== '') assert.equal(violations[0]?.section, section);
    }
  });

  it('refuses what cannot be told apart, with the place', () => {
    const cases = [
      ['GET /\n\n', 'REQUEST_LINE_WITHOUT_VERSION', 0],
      ['GET  / HTTP/1.1\n\n', 'REQUEST_LINE_MALFORMED', 0],
      ['GET / a HTTP/1.1\n\n', 'REQUEST_LINE_MALFORMED', 0],
      ['GET / HTTP/2\n\n', 'REQUEST_LINE_MALFORMED', 0],
      ['GET / HTTP/1.1\nHost\n\n', 'FIELD_LINE_WITHOUT_COLON', 16],
      ['GET / HTTP/1.1\n A: b\n\n', 'FIELD_LINE_FOLDED_FIRST', 16],
    ] as const;
    for (const [text, code, offset] of cases) {
      assert.throws(
        () => decodeRequestHead(crlf(text)),
        (error) =>
          error instanceof HttpSyntaxError && error.code === code && error.offset === offset,
        text,
      );
    }
  });
});

describe('decodeResponseHead', () => {
  it('finds the parts of the status line (RFC 9112 §4)', () => {
    const octets = crlf('HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n');
    const { head } = decodeThreeWays(decodeResponseHead, octets);
    assert.equal(head.statusCode, 101);
    assert.equal(head.reasonPhrase, 'Switching Protocols');
    const text = latin1FromOctets(octets);
    assert.equal(text.indexOf('101'), head.statusCodeOffset);
    assert.equal(text.indexOf('Switching'), head.reasonPhraseOffset);
  });

  it('takes an empty reason phrase, and the space before it left out (RFC 9112 §4)', () => {
    for (const [line, offset] of [
      ['HTTP/1.1 200 ', 13],
      ['HTTP/1.1 200', 12],
    ] as const) {
      const { head } = decodeThreeWays(decodeResponseHead, crlf(`${line}\n\n`));
      assert.equal(head.reasonPhrase, '');
      assert.equal(head.reasonPhraseOffset, offset);
    }
  });

  it('refuses another start line', () => {
    for (const line of ['HTTP/1.1 20 OK', 'HTTP/1.1  200 OK', 'HTTP 200 OK', 'GET / HTTP/1.1']) {
      assert.throws(() => decodeResponseHead(crlf(`${line}\n\n`)), {
        code: 'STATUS_LINE_MALFORMED',
      });
    }
  });
});

describe('fieldMembers', () => {
  it('splits lists, in lower case and without empty members (RFC 9110 §5.6.1)', () => {
    const decoded = decodeRequestHead(
      crlf('GET / HTTP/1.1\nConnection: ,keep-alive, Upgrade,\n\n'),
    );
    assert.ok(decoded);
    assert.deepEqual(fieldMembers(decoded.head, 'connection'), ['keep-alive', 'upgrade']);
    assert.deepEqual(fieldMembers(decoded.head, 'upgrade'), []);
  });

  it('takes space and tab off its members, and no other octet (RFC 9110 §5.6.3)', () => {
    const decoded = decodeRequestHead(
      octetsFromLatin1('GET / HTTP/1.1\r\nConnection: close \t,\xa0Upgrade,\x0bte,\x0c\r\n\r\n'),
    );
    assert.ok(decoded);
    const members = ['close', '\xa0upgrade', '\x0bte', '\x0c'];
    assert.deepEqual(fieldMembers(decoded.head, 'connection'), members);
  });
});
