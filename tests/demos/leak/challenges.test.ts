import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import demo from '#demos/leak/demo.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { goalsMet, rowsOf } from '#tests/support/captured-run.ts';

const client = await startDemoServer();

/** Takes steps such as `Ada`, `Bert?user=bert` or `set private`, and says which goals they meet. */
async function met(...steps: readonly string[]): Promise<readonly string[]> {
  const run = await client.beginRun('leak');
  const path = `/live/${run}/leak/via/shared-cache/greeting`;
  const watcher = await client.watch(run);
  for (const step of steps) {
    const repair = /^set (.*)/.exec(step)?.[1];
    const [, user = '', query = ''] = /^(\w+)(.*)$/.exec(step) ?? [];
    if (repair !== undefined) await client.send('PUT', path, { repair });
    else {
      await client.ask({ path: `${path}${query}`, headers: { 'x-demo-user': user } });
    }
  }
  await watcher.until(() => watcher.notes('cache-decision').length === steps.length);
  await watcher.until(
    (events) => events.filter(({ kind }) => kind === 'close').length >= steps.length,
  );
  return goalsMet(demo, 'plug-it', rowsOf(watcher.events));
}

describe('Plug it', () => {
  for (const repair of ['private', 'no-store', 'vary']) {
    it(`is solved by the leak, then ${repair}`, async () => {
      assert.deepEqual(await met('Ada', 'Bert', `set ${repair}`, 'Ada', 'Bert'), [
        'leak',
        'plugged',
      ]);
    });
  }

  it('is solved by an address for each', async () => {
    const steps = ['Ada', 'Bert', 'set own-address', 'Ada?user=ada', 'Bert?user=bert'];
    assert.deepEqual(await met(...steps), ['leak', 'plugged']);
  });

  it('is not solved by the leak alone, in whichever order', async () => {
    assert.deepEqual(await met('Ada', 'Bert', 'Ada', 'Bert'), ['leak']);
    assert.deepEqual(await met('Bert', 'Ada'), []);
  });

  it('is not solved by emptying the cache between the two, under the same fields', async () => {
    assert.deepEqual(await met('Ada', 'set none', 'Bert'), []);
  });

  it('is not solved by the one before the repair and the other after it', async () => {
    assert.deepEqual(await met('Ada', 'Bert', 'set private', 'Bert'), ['leak']);
  });
});
