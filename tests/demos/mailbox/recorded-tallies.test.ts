import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { recordedTallies } from '#demos/mailbox/recorded-tallies.ts';

const rowsOf = (...seen: (readonly [name: string, data?: Record<string, unknown>])[]): Row[] =>
  seen.map(([name, data], index) => ({
    number: index + 1,
    t: index,
    kind: 'app',
    vantage: 'page',
    data: { name, ...data },
  }));

describe('what a recorded run had brought', () => {
  const letter = (number: number, ageMs: number, answer: number) =>
    ['letter', { number, ageMs, answer }] as const;
  const rows = rowsOf(
    ['start', { way: 'every-3' }],
    ['ask'],
    letter(1, 3000, 1),
    letter(2, 1000, 1),
    ['ask'],
    ['empty-answer'],
    ['ask'],
    letter(3, 200, 3),
    ['start', { way: 'events' }],
    ['open'],
    letter(1, 4, 1),
    letter(2, 2, 2),
  );

  it('is counted for each way, the last one first', () => {
    assert.deepEqual(
      recordedTallies(rows).map(({ way, requests, answers, empty, letters, totalAgeMs }) => ({
        way,
        requests,
        answers,
        empty,
        letters,
        totalAgeMs,
      })),
      [
        { way: 'events', requests: 1, answers: 2, empty: 0, letters: 2, totalAgeMs: 6 },
        { way: 'every-3', requests: 3, answers: 3, empty: 1, letters: 3, totalAgeMs: 4200 },
      ],
    );
  });

  it('is of the last time, when one way was tried twice', () => {
    const [only, ...others] = recordedTallies(
      rowsOf(['start', { way: 'wait' }], ['ask'], ['start', { way: 'wait' }]),
    );
    assert.equal(only?.requests, 0);
    assert.deepEqual(others, []);
  });

  it('is nothing before anything was started', () => {
    assert.deepEqual(recordedTallies(rowsOf(['error'])), []);
  });
});
