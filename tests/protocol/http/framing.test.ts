import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { requestFraming, responseFraming, type Framing } from '#protocol/http/framing.ts';
import { decodeRequestHead, decodeResponseHead } from '#protocol/http/head.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';

type Case = {
  readonly fields: string;
  readonly type: Framing['type'];
  readonly length?: number;
  readonly codes?: readonly string[];
};

/** One character per octet, so that obs-text of one octet can be sent. */
const octetsOf = (lines: string) => octetsFromLatin1(lines.replaceAll('\n', '\r\n'));

function assertFraming(framing: Framing, expected: Case, about: string): void {
  assert.equal(framing.type, expected.type, about);
  if (framing.type === 'length') assert.equal(framing.length, expected.length, about);
  assert.deepEqual(
    framing.violations.map(({ code }) => code),
    expected.codes ?? [],
    about,
  );
}

const bodies: readonly Case[] = [
  { fields: 'Content-Length: 5\n', type: 'length', length: 5 },
  { fields: 'Content-Length: 0\n', type: 'length', length: 0 },
  { fields: 'Content-Length: 5, 5\n', type: 'length', length: 5 },
  {
    fields: 'Content-Length: 5\nContent-Length: 6\n',
    type: 'length',
    length: 5,
    codes: ['CONTENT_LENGTH_DIFFERS'],
  },
  { fields: 'Content-Length: +5\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  { fields: 'Content-Length:\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  // RFC 9110 §5.6.3: of what looks like white space, only space and tab are.
  { fields: 'Content-Length: \t5 , 5\t\n', type: 'length', length: 5 },
  { fields: 'Content-Length: 5\xa0\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  { fields: 'Content-Length: \x0b5\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  { fields: 'Content-Length: 5\x0c\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  // RFC 9110 §8.6: the same number again may stand for itself, nothing at all may not.
  { fields: 'Content-Length: 5,\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  { fields: 'Content-Length: ,5\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  { fields: 'Content-Length: 5, ,5\n', type: 'until-close', codes: ['CONTENT_LENGTH_INVALID'] },
  {
    fields: 'Content-Length: 5\nContent-Length:\n',
    type: 'until-close',
    codes: ['CONTENT_LENGTH_INVALID'],
  },
  {
    fields: 'Content-Length: 99999999999999999999\n',
    type: 'until-close',
    codes: ['CONTENT_LENGTH_TOO_LARGE'],
  },
  { fields: 'Transfer-Encoding: chunked\n', type: 'chunked' },
  { fields: 'Transfer-Encoding: gzip, Chunked\n', type: 'chunked' },
  // RFC 9110 §5.6.1.2: of a list, a recipient ignores the empty members.
  { fields: 'Transfer-Encoding: , gzip\t,,chunked,\n', type: 'chunked' },
  {
    fields: 'Transfer-Encoding: chunked\nContent-Length: 5\n',
    type: 'chunked',
    codes: ['CONTENT_LENGTH_AND_TRANSFER_ENCODING'],
  },
  {
    fields: 'Transfer-Encoding: chunked, gzip\n',
    type: 'until-close',
    codes: ['CHUNKED_NOT_LAST'],
  },
  { fields: 'Transfer-Encoding: chunked, chunked\n', type: 'chunked', codes: ['CHUNKED_REPEATED'] },
];

describe('requestFraming (RFC 9112 §6.3)', () => {
  const framingOf = (fields: string, httpVersion = 'HTTP/1.1') => {
    const decoded = decodeRequestHead(octetsOf(`POST / ${httpVersion}\nHost: x\n${fields}\n`));
    assert.ok(decoded);
    return requestFraming(decoded.head);
  };

  it('takes length or chunks from the fields, and names what is ambiguous', () => {
    for (const body of bodies) assertFraming(framingOf(body.fields), body, body.fields);
  });

  it('has no body without either field', () => {
    assertFraming(framingOf(''), { fields: '', type: 'none' }, 'none');
  });

  it('cannot tell the end when chunked is not last or not known', () => {
    for (const [fields, codes] of [
      ['Transfer-Encoding: gzip\n', ['CHUNKED_NOT_LAST']],
      ['Transfer-Encoding: xchunked\n', ['TRANSFER_ENCODING_UNKNOWN', 'CHUNKED_NOT_LAST']],
      ['Transfer-Encoding: \xa0chunked\n', ['TRANSFER_ENCODING_UNKNOWN', 'CHUNKED_NOT_LAST']],
      ['Transfer-Encoding: chunked\x0b\n', ['TRANSFER_ENCODING_UNKNOWN', 'CHUNKED_NOT_LAST']],
      ['Transfer-Encoding: gzip\xa0;a\n', ['TRANSFER_ENCODING_UNKNOWN', 'CHUNKED_NOT_LAST']],
    ] as const) {
      assertFraming(framingOf(fields), { fields, type: 'until-close', codes }, fields);
    }
  });

  it('names Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1)', () => {
    const fields = 'Transfer-Encoding: chunked\n';
    const codes = ['TRANSFER_ENCODING_IN_HTTP_1_0'];
    assertFraming(framingOf(fields, 'HTTP/1.0'), { fields, type: 'chunked', codes }, fields);
  });
});

describe('responseFraming (RFC 9112 §6.3)', () => {
  const framingOf = (statusCode: number, fields: string, method: string | undefined = 'GET') => {
    const decoded = decodeResponseHead(octetsOf(`HTTP/1.1 ${statusCode} x\n${fields}\n`));
    assert.ok(decoded);
    return responseFraming(decoded.head, method);
  };

  it('takes length or chunks from the fields', () => {
    for (const body of bodies) assertFraming(framingOf(200, body.fields), body, body.fields);
  });

  it('lasts until the connection ends without either field', () => {
    assertFraming(framingOf(200, ''), { fields: '', type: 'until-close' }, 'neither');
    const gzip = 'Transfer-Encoding: gzip\n';
    assertFraming(framingOf(200, gzip), { fields: gzip, type: 'until-close' }, gzip);
  });

  it('lasts until the connection ends with a coding that is not known (RFC 9112 §6.1)', () => {
    for (const fields of ['Transfer-Encoding: \xa0chunked\n', 'Transfer-Encoding: xchunked\n']) {
      const codes = ['TRANSFER_ENCODING_UNKNOWN'];
      assertFraming(framingOf(200, fields), { fields, type: 'until-close', codes }, fields);
    }
  });

  it('has no body after HEAD and with 304, whatever the fields say', () => {
    const fields = 'Content-Length: 5\n';
    assertFraming(framingOf(200, fields, 'HEAD'), { fields, type: 'none' }, 'HEAD');
    assertFraming(framingOf(304, fields), { fields, type: 'none' }, '304');
  });

  it('has no body with 1xx and 204, and names fields that say otherwise (RFC 9110 §8.6)', () => {
    for (const statusCode of [100, 103, 204]) {
      assertFraming(framingOf(statusCode, ''), { fields: '', type: 'none' }, `${statusCode}`);
      const codes = ['CONTENT_LENGTH_NOT_ALLOWED'];
      const fields = 'Content-Length: 5\n';
      assertFraming(
        framingOf(statusCode, fields),
        { fields, type: 'none', codes },
        `${statusCode}`,
      );
    }
  });

  it('stops being HTTP with 101 and with 2xx to CONNECT (RFC 9110 §7.8, §9.3.6)', () => {
    assertFraming(framingOf(101, ''), { fields: '', type: 'switched' }, '101');
    assertFraming(framingOf(200, '', 'CONNECT'), { fields: '', type: 'switched' }, 'CONNECT');
    assertFraming(framingOf(407, '', 'CONNECT'), { fields: '', type: 'until-close' }, '407');
  });
});
