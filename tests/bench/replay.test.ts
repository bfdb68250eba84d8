import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { OtherDemoError, readReplay } from '#bench/replay.ts';
import { exportRun } from '#bench/run-export.ts';
import { CapsuleError } from '#capture/export/capsule-error.ts';
import echo from '#demos/echo/demo.ts';
import fallback from '#demos/fallback/demo.ts';

const json = readFileSync('content/captures/echo.json', 'utf8');
const changed = (changes: object): string =>
  JSON.stringify({ ...(JSON.parse(json) as object), ...changes });

describe('readReplay', () => {
  it('names day and browser of the recording, in UTC', () => {
    const { label } = readReplay(
      echo,
      changed({ made: '2026-11-23T23:59:59.000Z', browser: 'Chromium 156' }),
      'recording',
    );
    assert.equal(label, '23 November 2026 · Chromium 156');
  });

  it('shows control characters of the browser’s name, and no more than 40 characters', () => {
    const { label } = readReplay(echo, changed({ browser: `\u202e${'x'.repeat(100)}` }), 'capsule');
    assert.match(label, /· ‹U\+202E›x{39}$/);
  });

  it('takes over what the demo allows, and defaults for the rest', () => {
    const parameters = { message: 'Hi', size: -1, unknown: true, code: 4002 };
    const { values } = readReplay(echo, changed({ parameters }), 'capsule');
    assert.deepEqual([values['message'], values['size'], values['code']], ['Hi', 0, 4002]);
    assert.equal('unknown' in values, false);
  });

  it('refuses a capsule of another demo, and names that demo', () => {
    assert.throws(
      () => readReplay(fallback, json, 'capsule'),
      (error) => error instanceof OtherDemoError && error.demo === 'echo',
    );
  });

  it('refuses what is no capsule', () => {
    assert.throws(() => readReplay(echo, '{}', 'capsule'), CapsuleError);
  });

  it('is saved again as the same capsule', () => {
    const { capsule, store } = readReplay(echo, json, 'capsule');
    assert.deepEqual(store.record.events, capsule.events);
    const { content, name } = exportRun('capsule', capsule, store.rows);
    assert.deepEqual(JSON.parse(String(content)), JSON.parse(json));
    assert.equal(
      name,
      `echo-${capsule.made.slice(0, 13)}-${capsule.made.slice(14, 16)}.capsule.json`,
    );
  });
});
