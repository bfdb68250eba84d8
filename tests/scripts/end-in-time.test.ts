import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';

const guard = new URL('../../scripts/end-in-time.mjs', import.meta.url).href;
/** Makes milliseconds of what would be minutes. */
const hurry =
  'data:text/javascript,const set = setTimeout; globalThis.setTimeout = (act, ms) => set(act, ms / 6000)';

/** Runs a program as a file of tests is run, with quick timers. */
function runGuarded(program: string): Promise<{ code: unknown; said: string }> {
  return new Promise((resolve) => {
    const args = ['--import', hurry, '--import', guard, '--input-type=module', '--eval', program];
    execFile(process.execPath, args, (error, _, said) => {
      resolve({ code: error?.code ?? 0, said });
    });
  });
}

describe('a file of tests', () => {
  it('that something keeps from ending fails, and says what', async () => {
    const { code, said } = await runGuarded('setInterval(() => undefined, 6e7);');
    assert.equal(code, 1);
    assert.match(said, /has not ended after 5 minutes\. Still open: .*Timeout/);
  });

  it('that ends is let go of at once', async () => {
    assert.deepEqual(await runGuarded(''), { code: 0, said: '' });
  });
});
