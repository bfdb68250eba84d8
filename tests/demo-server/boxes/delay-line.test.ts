import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import { DelayLine, MAX_QUEUED, type Pace } from '#demo-server/boxes/delay-line.ts';

/** A line on a clock of its own, with what has come out of it so far. */
function lay(test: TestContext, pace: Partial<Pace>, random: () => number = () => 0) {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  const line = new DelayLine(
    { delayMs: 0, jitterMs: 0, octetsPerSecond: 1_000_000, ...pace },
    { random, now: () => now },
  );
  const out = { octets: Buffer.alloc(0), ended: false };
  line.on('data', (octets: Buffer) => (out.octets = Buffer.concat([out.octets, octets])));
  line.on('end', () => (out.ended = true));
  const advance = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1) {
      now += 1;
      test.mock.timers.tick(1);
      await new Promise(setImmediate);
    }
  };
  return { line, out, advance };
}

describe('a delay line', () => {
  it('lets each octet out after the delay, and the end too', async (test) => {
    const { line, out, advance } = lay(test, { delayMs: 50 });
    line.write('one');
    await advance(30);
    line.write('two');
    line.end();
    await advance(19);
    assert.equal(out.octets.toString(), '');
    await advance(2);
    assert.equal(out.octets.toString(), 'one');
    await advance(28);
    assert.equal(out.octets.toString(), 'one');
    await advance(2);
    assert.deepEqual([out.octets.toString(), out.ended], ['onetwo', true]);
  });

  it('keeps the order whatever the jitter', async (test) => {
    const jitters = [1, 0, 0.5, 0, 0.9];
    const { line, out, advance } = lay(test, { jitterMs: 100 }, () => jitters.shift() ?? 0);
    for (const letter of 'abcde') line.write(letter);
    await advance(99);
    assert.equal(out.octets.toString(), '');
    await advance(2);
    assert.equal(out.octets.toString(), 'abcde');
  });

  it('carries what is no octets in its turn, with the time that it takes before its way', async (test) => {
    const { line, out, advance } = lay(test, { delayMs: 50 });
    const seen: string[] = [];
    const carry = (name: string, moreMs?: number) => {
      line.carry(() => seen.push(`${name} after "${out.octets.toString()}"`), moreMs);
    };
    carry('head', 30);
    line.write('one');
    await advance(79);
    assert.deepEqual([seen, out.octets.toString()], [[], '']);
    await advance(2);
    assert.deepEqual([seen, out.octets.toString()], [['head after ""'], 'one']);
    line.write('two');
    carry('trailer');
    await advance(52);
    assert.deepEqual(seen, ['head after ""', 'trailer after "onetwo"']);
  });

  it('tells when more comes out, while something is under way', async (test) => {
    const { line, advance } = lay(test, { delayMs: 50, octetsPerSecond: 1000 });
    assert.equal(line.nextInMs, Infinity);
    let behindMs = NaN;
    line.carry(() => (behindMs = line.nextInMs));
    line.write(Buffer.alloc(20));
    assert.equal(line.nextInMs, 50);
    await advance(50);
    assert.equal(behindMs, 20);
    await advance(21);
    assert.equal(line.nextInMs, Infinity);
  });

  it('lets nothing be late because something before it was', async (test) => {
    const { line, out, advance } = lay(test, { delayMs: 50 });
    let blockedMs = 0;
    line.carry(() => (blockedMs = 20));
    await advance(20);
    line.write('x');
    await advance(31);
    assert.equal(blockedMs, 20);
    await advance(18);
    assert.equal(out.octets.toString(), '');
    await advance(2);
    assert.equal(out.octets.toString(), 'x');
  });

  it('lets no more octets out in a second than it says', async (test) => {
    const { line, out, advance } = lay(test, { octetsPerSecond: 14_600 });
    line.write(Buffer.alloc(14_600));
    await advance(501);
    assert.equal(out.octets.length, 5 * 1460);
    await advance(500);
    assert.equal(out.octets.length, 14_600);
  });

  it('takes no more in when its queue is full, and goes on when there is room', async (test) => {
    const { line, out, advance } = lay(test, { octetsPerSecond: 1_000_000 });
    let taken = 0;
    const piece = Buffer.alloc(8192);
    const take = () => {
      line.write(piece, () => {
        taken += piece.length;
        if (taken < 4 * MAX_QUEUED) take();
      });
    };
    take();
    for (let ms = 0; out.octets.length < 4 * MAX_QUEUED; ms += 1) {
      assert.ok(line.queued <= MAX_QUEUED + piece.length, String(line.queued));
      await advance(1);
      assert.ok(ms < 400);
    }
  });

  it('keeps no timer once it is destroyed', async (test) => {
    const { line, out, advance } = lay(test, { delayMs: 10 });
    line.write('lost');
    line.destroy();
    await advance(20);
    assert.equal(out.octets.length, 0);
    assert.equal(line.queued, 0);
  });
});
