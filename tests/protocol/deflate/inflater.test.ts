import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { constants, createDeflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import { DeflateDataError } from '#protocol/deflate/bit-reader.ts';
import { InflateBoundError, Inflater } from '#protocol/deflate/inflater.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';

const BOUND = 1024 * 1024;

/** Octets that DEFLATE has something to do with: random ones, runs, repeated words. */
function anyData(random: Random): Buffer {
  const word = random.octets(random.integer(1, 40));
  return Buffer.concat(
    Array.from({ length: random.integer(0, 60) }, () =>
      random.pick([
        () => random.octets(random.integer(0, 90)),
        () => new Uint8Array(random.integer(0, 700)).fill(random.integer(0, 255)),
        () => word,
        () => Buffer.from('{"price":101,"volume":12}'.slice(random.integer(0, 20))),
      ])(),
    ),
  );
}

function deflate(data: Uint8Array, random: Random): Buffer {
  return deflateRawSync(data, {
    level: random.integer(0, 9),
    memLevel: random.integer(1, 9),
    windowBits: random.integer(9, 15),
    strategy: random.pick([
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
      constants.Z_FIXED,
      constants.Z_FILTERED,
    ]),
  });
}

/**
 * What zlib makes of it; `undefined` when that is an error.
 *
 * @param finishFlush whether a block has to be marked as the last one (`Z_FINISH`)
 */
function byZlib(
  deflated: Uint8Array,
  finishFlush: number,
): { data: Buffer; read: number } | undefined {
  try {
    const { buffer, engine } = inflateRawSync(deflated, {
      info: true,
      maxOutputLength: BOUND,
      finishFlush,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return { data: buffer, read: engine.bytesWritten };
  } catch {
    return undefined;
  }
}

function byUs(deflated: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(new Inflater().inflate(deflated, BOUND));
  } catch (error) {
    assert.ok(error instanceof DeflateDataError || error instanceof InflateBoundError);
    return undefined;
  }
}

describe('Inflater', () => {
  it('gives back what zlib deflated, whatever its level, strategy and window', () => {
    const random = new Random(1951);
    for (let round = 0; round < 2000; round++) {
      const data = anyData(random);
      assert.deepEqual(byUs(deflate(data, random)), data, `round ${round}`);
    }
  });

  it('agrees with zlib on streams that were damaged', () => {
    const random = new Random(7692);
    const seen = { both: 0, neither: 0, endedEarly: 0 };
    for (let round = 0; round < 4000; round++) {
      const deflated = deflate(anyData(random), random);
      for (let change = random.integer(1, 3); change > 0 && deflated.length > 0; change--) {
        // Mostly where the codes are described: that is where most rules can be broken.
        const reach = random.boolean() ? 40 : deflated.length;
        const at = random.integer(0, Math.min(reach, deflated.length) - 1);
        deflated[at] = deflated[at]! ^ (1 << random.integer(0, 7));
      }
      const ours = byUs(deflated);
      // Without a last block, one that is whole is enough for us, as in a message.
      const flush = ours === undefined ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
      const theirs = byZlib(deflated, flush);
      if (theirs !== undefined && theirs.read < deflated.length) {
        // zlib stops at the block that is marked as the last one; RFC 7692 §7.2.3.4 lets others follow.
        seen.endedEarly++;
        continue;
      }
      assert.deepEqual(ours, theirs?.data, `${round}: ${deflated.toString('hex')}`);
      seen[theirs === undefined ? 'neither' : 'both']++;
    }
    assert.ok(
      Object.values(seen).every((count) => count > 50),
      JSON.stringify(seen),
    );
  });

  it('goes on from piece to piece with what came before, over any number of octets', async () => {
    const random = new Random(15);
    const deflater = createDeflateRaw({ windowBits: 15 });
    const inflater = new Inflater();
    for (let round = 0; round < 400; round++) {
      const data = anyData(random);
      if (data.length > 0) deflater.write(data);
      const flushed = Promise.withResolvers<void>();
      deflater.flush(constants.Z_SYNC_FLUSH, () => flushed.resolve());
      await flushed.promise;
      const deflated = (deflater.read() as Buffer | null) ?? Buffer.alloc(0);
      assert.deepEqual(Buffer.from(inflater.inflate(deflated, BOUND)), data, `round ${round}`);
    }
  });

  it('gives away octets that later ones do not change', () => {
    const inflater = new Inflater();
    const first = inflater.inflate(deflateRawSync(Buffer.from('Hello')), BOUND);
    inflater.inflate(deflateRawSync(Buffer.alloc(200_000, 'x')), BOUND);
    assert.equal(Buffer.from(first).toString(), 'Hello');
  });

  for (const [what, hex] of [
    ['block type 3 (RFC 1951 §3.2.3)', '07'],
    ['a stored length without its complement (§3.2.4)', '00 05 00 fb ff 48 65 6c 6c 6f'],
    ['a stored block that is cut off (§3.2.4)', '00 05 00 fa ff 48 65'],
    ['a reference beyond the beginning (§3.2.3)', 'f2 00 11 00'],
    ['nothing after a block’s first bits', '05'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => new Inflater().inflate(octetsFromHex(hex), BOUND), DeflateDataError);
    });
  }

  it('refuses a reference beyond the window that was agreed on (RFC 7692 §7.1.2)', () => {
    const data = Buffer.concat([new Random(3).octets(300), Buffer.alloc(300, 0)]);
    data.copy(data, 300, 0, 300);
    const deflated = deflateRawSync(data, { windowBits: 15 });
    assert.equal(new Inflater(9).inflate(deflated, BOUND).length, 600);
    assert.throws(() => new Inflater(8).inflate(deflated, BOUND), /too far back/);
  });
});

describe('threat 11: compression bombs, in the page', () => {
  it('stop at the bound, to the octet, before the memory is taken', () => {
    const bomb = deflateRawSync(new Uint8Array(64 * BOUND), { level: 9 });
    assert.throws(() => new Inflater().inflate(bomb, BOUND), InflateBoundError);
    const hello = deflateRawSync(Buffer.from('Hello'));
    assert.equal(new Inflater().inflate(hello, 5).length, 5);
    assert.throws(() => new Inflater().inflate(hello, 4), InflateBoundError);
  });
});
