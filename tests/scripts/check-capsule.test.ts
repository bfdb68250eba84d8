import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runScript } from './run-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-capsule-'));
after(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const cacheFields = readFileSync('content/captures/cache-fields.json', 'utf8');

describe('scripts/check-capsule.ts', () => {
  it('judges a recording as the page does, and ends with 0 when it is solved', async () => {
    const { code, lines } = await runScript('check-capsule.ts', [
      '--challenge',
      'zero-bytes',
      'content/captures/cache-fields.json',
    ]);
    assert.equal(code, 0);
    assert.equal(lines.length, 1);
    assert.deepEqual([lines[0]?.['demo'], lines[0]?.['solved']], ['cache-fields', true]);
    assert.deepEqual(
      (lines[0]?.['goals'] as { id: string; met: boolean }[]).map(({ id, met }) => [id, met]),
      [
        ['first-load', true],
        ['free-load', true],
      ],
    );
  });

  it('ends with 1 when a challenge is not solved, and names how far it came', async () => {
    const { code, lines } = await runScript('check-capsule.ts', ['content/captures/echo.json']);
    assert.equal(code, 1);
    assert.deepEqual(
      lines.map(({ challenge, solved }) => [challenge, solved]),
      [
        ['header-hunter', false],
        ['two-ways-to-end', false],
      ],
    );
  });

  it('a capsule without the wire’s account solves nothing by the page’s word alone', async () => {
    const forged = JSON.stringify({ ...(JSON.parse(cacheFields) as object), events: [] });
    const path = written('forged.json', forged);
    const args = ['--challenge', '304-from-the-origin', path];
    const { code, lines } = await runScript('check-capsule.ts', args);
    assert.equal(code, 1);
    assert.equal(lines[0]?.['solved'], false);
  });

  for (const [what, content, said] of [
    ['no JSON', 'nonsense', /nonsense|JSON|capsule/i],
    [
      'a demo that is a path',
      cacheFields.replace(/"demo":\s*"cache-fields"/, '"demo":"../../scripts"'),
      /demo/,
    ],
    [
      'a demo that is not there',
      cacheFields.replace(/"demo":\s*"cache-fields"/, '"demo":"nothing"'),
      /no demo “nothing”/,
    ],
  ] as const) {
    it(`ends with 2 and a sentence for ${what}`, async () => {
      const path = written('bad.json', content);
      const { code, errors, lines } = await runScript('check-capsule.ts', [path]);
      assert.equal(code, 2);
      assert.deepEqual(lines, []);
      assert.match(errors, said);
      assert.equal(errors.trim().split('\n').length, 1, errors);
    });
  }

  it('names the challenges that there are, and how it is called', async () => {
    const args = ['--challenge', 'x', 'content/captures/echo.json'];
    assert.match((await runScript('check-capsule.ts', args)).errors, /header-hunter/);
    const { code, errors } = await runScript('check-capsule.ts', []);
    assert.equal(code, 2);
    assert.match(errors, /^Name at least one capsule\.\n\nUsage:/);
  });
});
