import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concatOctets, hexFromOctets } from '#protocol/octets.ts';
import { Utf8Reader } from '#protocol/websocket/utf8.ts';
import { utf8 } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';

/** The platform's decoder has no offsets: it is asked prefix by prefix. */
function badOffsetByPlatform(octets: Uint8Array): number | undefined {
  for (let length = 0; length <= octets.length; length++) {
    const isLast = length === octets.length;
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    try {
      decoder.decode(octets.subarray(0, length), { stream: true });
    } catch {
      return length - 1;
    }
    if (!isLast) continue;
    try {
      decoder.decode();
    } catch {
      return length;
    }
  }
  return undefined;
}

describe('Utf8Reader (RFC 3629 §4)', () => {
  it('finds the same first octet as the platform, however the octets arrive', () => {
    const random = new Random(3629);
    const characters = ['a', 'é', '€', '🙂', '\ufeff', '\u0800', '\ud7ff', '\u{10ffff}'] as const;
    for (let round = 0; round < 5000; round++) {
      const pieces = Array.from({ length: random.integer(0, 5) }, () =>
        random.integer(0, 5) === 0 ? random.octets(1) : utf8(random.pick(characters)),
      );
      const whole = concatOctets(pieces);
      const octets = whole.slice(0, whole.length - random.integer(0, 1));
      const expected = badOffsetByPlatform(octets);
      const about = hexFromOctets(octets, ' ');
      assert.equal(new Utf8Reader().push(octets, true), expected, about);
      const cut = random.integer(0, octets.length);
      const reader = new Utf8Reader();
      const first = reader.push(octets.subarray(0, cut), false);
      assert.equal(first ?? reader.push(octets.subarray(cut), true), expected, about);
    }
  });

  it('tells apart every pair of octets as the platform does', () => {
    for (let pair = 0; pair < 65_536; pair++) {
      const octets = Uint8Array.of(pair >> 8, pair & 255);
      const found = new Utf8Reader().push(octets, false);
      const decoder = new TextDecoder('utf-8', { fatal: true });
      const accepts = () => decoder.decode(octets, { stream: true });
      if (found === undefined) assert.doesNotThrow(accepts, hexFromOctets(octets));
      else assert.throws(accepts, hexFromOctets(octets));
    }
  });
});
