import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ratesOf, ratiosOf, type Window } from '#scripts/bench/figures.ts';

/** A window of half a second with as many operations per CPU-second. */
const window = (perCpuSecond: number): Window => ({
  operations: perCpuSecond * 0.25,
  wallSeconds: 0.5,
  cpuSeconds: 0.25,
});
const windowsOf = (targets: Readonly<Record<string, readonly number[]>>) =>
  new Map(Object.entries(targets).map(([name, rates]) => [name, rates.map(window)]));
const goal = { bound: 'at least', value: 0.95 } as const;

describe('rates', () => {
  it('are operations by wall time and by the CPU time of the server', () => {
    const rates = ratesOf(windowsOf({ base: [100, 300, 200] }));
    assert.deepEqual(rates, [{ target: 'base', perSecond: 100, perCpuSecond: 200 }]);
  });
});

describe('ratios', () => {
  it('are taken within each round before the median', () => {
    // 2, 0.5 and 2; the medians alone would be 300 to 300.
    const windows = windowsOf({ base: [100, 600, 300], ours: [200, 300, 600] });
    const [ours] = ratiosOf(windows, [{ target: 'ours', base: 'base' }]);
    assert.equal(ours?.ratio, 2);
    assert.equal(ours.verdict, undefined, 'no goal, no verdict');
  });

  it('are judged when the control is quiet, and not when it is off', () => {
    const comparisons = [
      { target: 'again', base: 'base', control: true },
      { target: 'ours', base: 'base', goal },
    ];
    const quiet = windowsOf({ base: [100, 100], again: [105, 105], ours: [99, 99] });
    assert.deepEqual(
      ratiosOf(quiet, comparisons).map(({ verdict }) => verdict),
      [undefined, 'pass'],
    );
    const noisy = windowsOf({ base: [100, 100], again: [120, 120], ours: [99, 99] });
    assert.deepEqual(
      ratiosOf(noisy, comparisons).map(({ verdict }) => verdict),
      [undefined, 'noisy'],
    );
  });

  it('are left out for what was not measured', () => {
    const windows = windowsOf({ ours: [100] });
    assert.deepEqual(ratiosOf(windows, [{ target: 'ours', base: 'mitmdump', goal }]), []);
  });
});
