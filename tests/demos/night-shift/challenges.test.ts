import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import demo from '#demos/night-shift/demo.ts';
import type { LogName } from '#demos/night-shift/logs.ts';
import { namingsOf, rightAnswer } from '#demos/night-shift/naming.ts';
import { goalsMet } from '#tests/support/captured-run.ts';

const challenge = 'night-shift';
const seed = 1;

/** What the page notes when an answer is named, one after the other. */
function rowsFor(...named: readonly (readonly [log: LogName, cause: string])[]): Row[] {
  const rows: Row[] = [];
  for (const [log, cause] of named) {
    const tries = namingsOf(rows, seed).filter((naming) => naming.log === log).length + 1;
    const isRight = cause === rightAnswer(seed, log);
    rows.push({
      number: rows.length + 1,
      t: rows.length,
      kind: 'app',
      vantage: 'page',
      data: { name: 'named', log, seed, cause, isRight, tries, clicks: 1 },
    });
  }
  return rows;
}

const right = (log: LogName) => [log, rightAnswer(seed, log)] as const;

describe('The night shift', () => {
  it('is solved by naming all three right at once', () => {
    const rows = rowsFor(right('http'), right('sockets'), right('messages'));
    assert.deepEqual(goalsMet(demo, challenge, rows), ['requests', 'sockets', 'messages']);
  });

  it('is not solved by trying one answer after the other', () => {
    const rows = rowsFor(['http', 'server A'], right('http'), right('messages'));
    assert.deepEqual(goalsMet(demo, challenge, rows), ['messages']);
  });

  it('is not solved by guessing a cause that the log of WebSockets does not tell', () => {
    const rows = rowsFor(right('http'), ['sockets', 'server A'], right('sockets'));
    assert.deepEqual(goalsMet(demo, challenge, rows), ['requests']);
  });
});
