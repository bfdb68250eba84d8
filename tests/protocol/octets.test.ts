import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OctetBuffer } from '#protocol/octet-buffer.ts';
import {
  concatOctets,
  hexFromOctets,
  indexOfOctets,
  latin1FromOctets,
  octetsFromHex,
  octetsFromLatin1,
  sameOctets,
} from '#protocol/octets.ts';

const all = Uint8Array.from({ length: 256 }, (_, octet) => octet);

describe('octets', () => {
  it('reads and writes hexadecimal digits as Buffer does', () => {
    assert.equal(hexFromOctets(all), Buffer.from(all).toString('hex'));
    assert.deepEqual(octetsFromHex(Buffer.from(all).toString('hex').toUpperCase()), all);
    assert.equal(hexFromOctets(octetsFromHex('81 05\n48'), ' '), '81 05 48');
  });

  it('refuses what is not pairs of hexadecimal digits', () => {
    for (const hex of ['8', '8g', '0x81', '81 0']) {
      assert.throws(() => octetsFromHex(hex), SyntaxError, hex);
    }
  });

  it('reads each octet as the code point of its number, not as windows-1252', () => {
    assert.equal(latin1FromOctets(all), Buffer.from(all).toString('latin1'));
    assert.equal(latin1FromOctets(Uint8Array.of(0x80)).charCodeAt(0), 0x80);
    const long = new Uint8Array(100_000).fill(0xe9);
    assert.equal(latin1FromOctets(long), 'é'.repeat(100_000));
    assert.deepEqual(octetsFromLatin1(latin1FromOctets(all)), all);
    for (const text of [
      '\0\x7f'.repeat(40),
      `\0${'x'.repeat(40)}\x80`,
      `\xef\xbb\xbf${'y'.repeat(40)}`,
    ]) {
      assert.equal(latin1FromOctets(Buffer.from(text, 'latin1')), text);
    }
    assert.throws(() => octetsFromLatin1('€'), RangeError);
  });

  it('joins, compares and finds as Buffer does', () => {
    const pieces = [all.subarray(0, 3), all.subarray(3, 3), all.subarray(3)];
    assert.deepEqual(concatOctets(pieces), all);
    assert.equal(concatOctets([all]), all, 'one piece is not copied');
    assert.ok(sameOctets(all, Uint8Array.from(all)));
    assert.ok(!sameOctets(all, all.subarray(1)));
    const octets = Buffer.from('aab\r\naab\r\n\r\n');
    for (const wanted of ['aab', 'ab\r', '\r\n\r\n', 'zz', '\n']) {
      for (let from = 0; from < octets.length; from++) {
        const expected = octets.indexOf(wanted, from);
        assert.equal(indexOfOctets(octets, Buffer.from(wanted), from), expected);
      }
    }
  });
});

describe('OctetBuffer', () => {
  it('returns what was pushed, whatever is taken in between', () => {
    const buffer = new OctetBuffer();
    const taken: number[] = [];
    for (let at = 0; at < 256; at += 16) {
      buffer.push(all.subarray(at, at + 16));
      buffer.reserve(40);
      if (at % 3 !== 0) taken.push(...buffer.take(11));
    }
    taken.push(...buffer.take(buffer.length));
    assert.deepEqual(Uint8Array.from(taken), all);
    assert.equal(buffer.length, 0);
  });

  it('neither copies what arrives alone nor writes to it', () => {
    const buffer = new OctetBuffer();
    const first = Uint8Array.of(1, 2, 3, 4).subarray(0, 2);
    buffer.push(first);
    assert.equal(buffer.octets.buffer, first.buffer);
    buffer.push(Uint8Array.of(9));
    assert.deepEqual([...new Uint8Array(first.buffer)], [1, 2, 3, 4]);
    assert.deepEqual([...buffer.octets], [1, 2, 9]);
  });

  it('makes no more room for what is only announced than some times what has come', () => {
    const buffer = new OctetBuffer();
    buffer.push(all);
    buffer.reserve(16 * 1024 * 1024);
    assert.ok(buffer.octets.buffer.byteLength <= 16 * all.length);
    assert.deepEqual(buffer.take(all.length), all);
  });

  it('never overwrites what it handed out', () => {
    const buffer = new OctetBuffer();
    buffer.push(Uint8Array.of(1, 2));
    buffer.push(Uint8Array.of(3, 4));
    const view = buffer.take(3);
    for (let octet = 5; octet < 50; octet++) buffer.push(Uint8Array.of(octet));
    assert.deepEqual([...view], [1, 2, 3]);
  });
});
