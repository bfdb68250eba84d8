import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import demo from '#demos/second-system/demo.ts';
import { summaryOf, type Day } from '#demos/second-system/model.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { goalsMet, rowsOf } from '#tests/support/captured-run.ts';

const client = await startDemoServer();
const challenge = 'both-stand';

/** Which goals are met by what “Run the MODEL” does on such a day, with a real server at the door. */
async function goalsOn(day: Day): Promise<readonly string[]> {
  const run = await client.beginRun('second-system');
  const watcher = await client.watch(run);
  const { shed, wait, spread } = day;
  const query = `shed=${shed}&wait=${wait}&spread=${spread ? 'on' : 'off'}`;
  await client.ask({ path: `/live/${run}/second-system/poll?${query}` });
  await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
  const captured = rowsOf(watcher.events);
  const model = {
    number: captured.length + 1,
    t: (captured.at(-1)?.t ?? 0) + 1,
    kind: 'app' as const,
    vantage: 'page' as const,
    data: { name: 'load', ...summaryOf(day) },
  };
  return goalsMet(demo, challenge, [...captured, model]);
}

const solution: Day = { share: 20, shed: 28, wait: 60, spread: true };

describe('Both tiers stand', () => {
  it('is solved by turning away enough, for long enough, each with another number', async () => {
    assert.deepEqual(await goalsOn(solution), ['told', 'both-hold', 'most-served']);
  });

  it('is not solved by moving the fallback’s share alone', async () => {
    for (const share of [5, 20, 40, 70]) {
      assert.deepEqual(await goalsOn({ ...solution, shed: 0, share }), [], String(share));
    }
  });

  it('is not solved by telling all the same number, however long', async () => {
    assert.deepEqual(await goalsOn({ ...solution, wait: 120, spread: false }), ['told']);
  });

  it('is not solved by telling them to come back soon', async () => {
    assert.deepEqual(await goalsOn({ ...solution, wait: 5 }), ['told']);
  });

  it('is not solved by turning away more than need be', async () => {
    assert.deepEqual(await goalsOn({ ...solution, shed: 40 }), ['told', 'both-hold']);
  });
});
