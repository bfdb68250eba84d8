import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hopByHopFields, parseConnection } from '#protocol/fields/connection.ts';
import {
  matchesStrongly,
  matchesWeakly,
  parseEntityTag,
  parseEntityTags,
} from '#protocol/fields/entity-tag.ts';
import { parseHttpDate } from '#protocol/fields/http-date.ts';
import { parseLastEventId } from '#protocol/fields/last-event-id.ts';
import { parseRetryAfter } from '#protocol/fields/retry-after.ts';
import { parseSetCookie } from '#protocol/fields/set-cookie.ts';
import { parseUpgrade } from '#protocol/fields/upgrade.ts';
import { parseVary, varyMismatch } from '#protocol/fields/vary.ts';

const NOW = Date.UTC(2026, 10, 23);

describe('parseHttpDate (RFC 9110 §5.6.7)', () => {
  it('reads the three forms of the RFC’s example as one date', () => {
    const ms = Date.UTC(1994, 10, 6, 8, 49, 37);
    for (const [text, form] of [
      ['Sun, 06 Nov 1994 08:49:37 GMT', 'imf-fixdate'],
      ['Sunday, 06-Nov-94 08:49:37 GMT', 'rfc850'],
      ['Sun Nov  6 08:49:37 1994', 'asctime'],
    ] as const) {
      assert.deepEqual(parseHttpDate(text, NOW), { ms, form });
    }
  });

  it('takes a year of two digits for past when it seems more than 50 years ahead', () => {
    const yearOf = (text: string) => new Date(parseHttpDate(text, NOW)?.ms ?? 0).getUTCFullYear();
    assert.equal(yearOf('Sunday, 06-Nov-76 08:49:37 GMT'), 2076);
    assert.equal(yearOf('Sunday, 06-Nov-77 08:49:37 GMT'), 1977);
  });

  it('refuses what Date.parse would take', () => {
    for (const text of [
      '0',
      '-1',
      '1994',
      'Sun, 6 Nov 1994 08:49:37 GMT',
      'Sun, 06 Nov 1994 08:49:37 UTC',
      'Sun, 06 Nov 1994 08:49:37 +0000',
      'Sun, 31 Jun 1994 08:49:37 GMT',
      'Sun, 06 Nov 1994 24:49:37 GMT',
      'sun, 06 nov 1994 08:49:37 gmt',
    ]) {
      assert.equal(parseHttpDate(text, NOW), undefined, text);
    }
  });

  it('agrees with the platform on what it writes', () => {
    for (let ms = 0; ms < NOW; ms += 123_456_789_000) {
      assert.equal(parseHttpDate(new Date(ms).toUTCString(), NOW)?.ms, ms);
    }
  });
});

describe('entity tags (RFC 9110 §8.8.3)', () => {
  it('reads the RFC’s examples, and nothing without quotes', () => {
    assert.deepEqual(parseEntityTag('"xyzzy"'), { weak: false, opaque: 'xyzzy' });
    assert.deepEqual(parseEntityTag('W/"xyzzy"'), { weak: true, opaque: 'xyzzy' });
    assert.deepEqual(parseEntityTag('""'), { weak: false, opaque: '' });
    for (const text of ['xyzzy', 'w/"a"', '"a" ', '"a b"', 'W/ "a"']) {
      assert.equal(parseEntityTag(text), undefined, text);
    }
  });

  it('compares as the RFC’s table has it (§8.8.3.2)', () => {
    for (const [a, b, strong, weak] of [
      ['W/"1"', 'W/"1"', false, true],
      ['W/"1"', 'W/"2"', false, false],
      ['W/"1"', '"1"', false, true],
      ['"1"', '"1"', true, true],
    ] as const) {
      const [one, other] = [parseEntityTag(a), parseEntityTag(b)];
      assert.ok(one && other);
      assert.deepEqual([matchesStrongly(one, other), matchesWeakly(one, other)], [strong, weak]);
    }
  });

  it('reads lists, with commas inside quotes (§13.1.2)', () => {
    const tags = parseEntityTags('"xyzzy", W/"r2d2,xx", ,""');
    assert.deepEqual(tags === '*' ? [] : tags?.map(({ opaque }) => opaque), [
      'xyzzy',
      'r2d2,xx',
      '',
    ]);
    assert.equal(parseEntityTags('*'), '*');
    assert.equal(parseEntityTags('"a" "b"'), undefined);
    assert.equal(parseEntityTags(''), undefined);
  });
});

describe('parseVary and varyMismatch (RFC 9111 §4.1)', () => {
  it('finds what differs', () => {
    const vary = parseVary('Accept-Language, , Accept');
    assert.deepEqual(vary, ['accept-language', 'accept']);
    const then = { 'accept-language': 'en, de', accept: '*/*', host: 'a' };
    assert.equal(varyMismatch(vary, then, { ...then, host: 'b' }), undefined);
    assert.equal(varyMismatch(vary, then, { ...then, 'accept-language': 'en,de' }), undefined);
    assert.equal(
      varyMismatch(vary, then, { ...then, 'accept-language': 'de, en' }),
      'accept-language',
    );
    assert.equal(varyMismatch(vary, then, { 'accept-language': 'en, de' }), 'accept');
    assert.equal(varyMismatch(parseVary('accept, *'), then, then), '*');
    assert.equal(varyMismatch(parseVary(undefined), then, {}), undefined);
  });

  it('takes no octet but space and tab for white space (RFC 9110 §5.6.3)', () => {
    assert.deepEqual(parseVary('\tAccept ,\xa0*'), ['accept', '\xa0*']);
    const then = { accept: 'a, b' };
    assert.equal(varyMismatch(['accept'], then, { accept: 'a\t,b' }), undefined);
    assert.equal(varyMismatch(['accept'], then, { accept: 'a,\xa0b' }), 'accept');
  });
});

describe('parseSetCookie (RFC 6265 §5.2)', () => {
  it('reads name, value and attributes of the example of §3.1', () => {
    const cookie = parseSetCookie('lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT; Secure');
    assert.equal(cookie?.name, 'lang');
    assert.equal(cookie.value, 'en-US');
    assert.deepEqual(
      [...cookie.attributes],
      [
        ['expires', 'Wed, 09 Jun 2021 10:18:14 GMT'],
        ['secure', ''],
      ],
    );
  });

  it('keeps further equals signs in the value, and ignores what has no name', () => {
    assert.equal(parseSetCookie(' a = b=c ; path=/')?.value, 'b=c');
    assert.equal(parseSetCookie('abc; Path=/'), undefined);
    assert.equal(parseSetCookie('=abc'), undefined);
    assert.equal(parseSetCookie('a=')?.value, '');
  });

  it('takes space and tab off names and values, and no other octet (§5.2, items 3 and 4)', () => {
    const cookie = parseSetCookie('\ta =\xa0b\t; \xa0Secure');
    assert.deepEqual([cookie?.name, cookie?.value], ['a', '\xa0b']);
    assert.deepEqual([...(cookie?.attributes ?? [])], [['\xa0secure', '']]);
  });
});

describe('parseRetryAfter (RFC 9110 §10.2.3)', () => {
  it('reads seconds and dates', () => {
    assert.equal(parseRetryAfter('120', NOW), 120_000);
    assert.equal(parseRetryAfter(new Date(NOW + 5000).toUTCString(), NOW), 5000);
    assert.equal(parseRetryAfter(new Date(NOW - 5000).toUTCString(), NOW), 0);
    for (const text of ['-1', '1.5', 'soon', ''])
      assert.equal(parseRetryAfter(text, NOW), undefined);
  });
});

describe('parseUpgrade (RFC 9110 §7.8)', () => {
  it('reads the RFC’s example', () => {
    assert.deepEqual(parseUpgrade('websocket, IRC/6.9, RTA/x11'), [
      { name: 'websocket' },
      { name: 'IRC', version: '6.9' },
      { name: 'RTA', version: 'x11' },
    ]);
    assert.equal(parseUpgrade('web socket'), undefined);
    assert.equal(parseUpgrade('a/b/c'), undefined);
    assert.deepEqual(parseUpgrade(',\th2c ,'), [{ name: 'h2c' }]);
    assert.equal(parseUpgrade('websocket\xa0'), undefined);
  });
});

describe('parseConnection (RFC 9110 §7.6.1)', () => {
  it('names what concerns this connection only', () => {
    assert.deepEqual(parseConnection('Keep-Alive, ,X-Trace'), ['keep-alive', 'x-trace']);
    assert.deepEqual(parseConnection('close\t,\xa0te'), ['close', '\xa0te']);
    const names = hopByHopFields('X-Trace');
    assert.ok(names.has('x-trace') && names.has('upgrade') && names.has('te'));
    assert.ok(!names.has('host'));
  });
});

describe('parseLastEventId (WHATWG HTML §9.2.4)', () => {
  it('reads octets of UTF-8', () => {
    assert.equal(parseLastEventId('\xe2\x82\xac7'), '€7');
  });
});
