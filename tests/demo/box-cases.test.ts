import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { BoxCases } from '#demo/box-cases.ts';
import { BoxNames } from '#demo/box-names.ts';
import type { BoxServer } from '#demo-server/box.ts';
import { importFolder } from '#demo-server/folder.ts';

describe('the cases of the boxes', () => {
  it('are one for each box that makes trouble', async () => {
    const boxes = [...(await importFolder<BoxServer>('boxes', 'box')).keys()];
    // A cache is on the path because somebody wants it there.
    const faults = boxes.filter((box) => box !== 'shared-cache');
    assert.deepEqual(BoxCases.map(({ box }) => box).sort(), faults.sort());
    assert.deepEqual(
      BoxNames,
      BoxCases.map(({ box }) => box),
    );
  });

  it('each have sentences, a year that has been, and a thread of its own', () => {
    for (const { box, does, happened, year, source } of BoxCases) {
      for (const sentence of [does, happened]) assert.match(sentence, /^[“A-Zn].*[.”]$/, box);
      assert.ok(year >= 2010 && year <= new Date().getFullYear(), box);
      assert.match(source.href, /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+$/);
    }
    assert.equal(new Set(BoxCases.map(({ source }) => source.href)).size, BoxCases.length);
  });

  it('are what CONTRIBUTING.md asks for', () => {
    assert.match(readFileSync('CONTRIBUTING.md', 'utf8'), /`src\/demo\/box-cases\.ts`/);
  });
});
