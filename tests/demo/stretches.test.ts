import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stretchOf } from '#demo/stretches.ts';

const deeds = [
  { from: 100, until: 104 },
  { from: 1100, until: 1150 },
];

describe('the stretch of a run that belongs to one deed', () => {
  it('ends half-way to the next, and the last one is open', () => {
    assert.deepEqual(stretchOf(deeds, 0), { from: 92, until: 602 });
    assert.deepEqual(stretchOf(deeds, 1), { from: 602, until: Infinity });
  });
});
