import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXACT_END, extentOf, MAX_EXTENT, placeAt, scrolledTo } from '#bench/scroll-map.ts';

const HEIGHT = 400;
const LONG = 60_000_000;
const END = MAX_EXTENT - HEIGHT;
const atStart = { from: 0, scrollTop: 0 };

describe('a long list in a scroller of bounded height', () => {
  it('is not mapped as long as it fits', () => {
    assert.equal(extentOf(5000), 5000);
    assert.deepEqual(scrolledTo(123, 5000, HEIGHT, atStart), { from: 123, scrollTop: 123 });
    assert.deepEqual(placeAt(9999, 5000, HEIGHT), { from: 4600, scrollTop: 4600 });
  });

  it('reaches both ends', () => {
    assert.equal(extentOf(LONG), MAX_EXTENT);
    const middle = placeAt(30_000_000, LONG, HEIGHT);
    assert.equal(scrolledTo(0, LONG, HEIGHT, middle).from, 0);
    assert.equal(scrolledTo(END, LONG, HEIGHT, middle).from, LONG - HEIGHT);
    assert.deepEqual(placeAt(LONG, LONG, HEIGHT), { from: LONG - HEIGHT, scrollTop: END });
  });

  it('goes a short way pixel by pixel, so that no row is passed over', () => {
    const place = scrolledTo(1_000_100, LONG, HEIGHT, { from: 7_000_000, scrollTop: 1_000_000 });
    assert.deepEqual(place, { from: 7_000_100, scrollTop: 1_000_100 });
  });

  it('goes a long way by proportion', () => {
    const { from } = scrolledTo(END / 2, LONG, HEIGHT, atStart);
    assert.ok(Math.abs(from - (LONG - HEIGHT) / 2) < 1);
  });

  it('finds a place again at the position that it gave it', () => {
    for (const from of [0, 45, 12_345, 31_415_926, LONG - HEIGHT - 45, LONG - HEIGHT]) {
      const place = placeAt(from, LONG, HEIGHT);
      assert.equal(scrolledTo(place.scrollTop, LONG, HEIGHT, place).from, from);
    }
  });

  it('leaves the same room before and behind as there is, near either end', () => {
    for (const near of [0, 6, 45, EXACT_END]) {
      assert.deepEqual(placeAt(near, LONG, HEIGHT), { from: near, scrollTop: near });
      assert.deepEqual(placeAt(LONG - HEIGHT - near, LONG, HEIGHT), {
        from: LONG - HEIGHT - near,
        scrollTop: END - near,
      });
    }
  });

  it('passes over nothing on the way to an end that pixels reach before places do', () => {
    for (const [begin, step, end] of [
      [{ from: 40_000, scrollTop: 5000 }, -300, 0],
      [{ from: LONG - 40_000, scrollTop: END - 5000 }, 300, LONG - HEIGHT],
    ] as const) {
      let place: { from: number; scrollTop: number } = begin;
      for (let count = 0; place.from !== end; count++) {
        assert.ok(count < 200);
        const next = scrolledTo(
          Math.max(0, Math.min(END, place.scrollTop + step)),
          LONG,
          HEIGHT,
          place,
        );
        assert.ok(Math.abs(next.from - place.from) <= Math.abs(step));
        place = next;
      }
    }
  });
});
