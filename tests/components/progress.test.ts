import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

const items = new Map<string, string>();
let isFull = false;
Object.assign(globalThis, {
  window: new EventTarget(),
  localStorage: {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
  },
});
const { isLessonDone, markCheck, markLesson, PROGRESS_KEY, readProgress, watchProgress } =
  await import('#components/progress.ts');

const lessonsRead = () => Object.keys(readProgress().lessons);
/** As a browser says it in the other tabs of a site. */
const tellOfOtherTab = () =>
  window.dispatchEvent(Object.assign(new Event('storage'), { key: PROGRESS_KEY }));

describe('a reader’s progress', () => {
  beforeEach(() => {
    items.clear();
    isFull = false;
  });

  it('counts while the storage is full, and is written once there is room', () => {
    markLesson('one', true);
    isFull = true;
    markLesson('two', true);
    assert.deepEqual(lessonsRead(), ['one', 'two']);
    isFull = false;
    markLesson('three', true);
    assert.deepEqual(lessonsRead(), ['one', 'two', 'three']);
    const { lessons } = JSON.parse(items.get(PROGRESS_KEY) ?? '') as { lessons: object };
    assert.deepEqual(Object.keys(lessons), ['one', 'two', 'three']);
  });

  it('is what another tab has written since', () => {
    const seen: string[][] = [];
    watchProgress(({ lessons }) => seen.push(Object.keys(lessons)));
    isFull = true;
    markLesson('here', true);
    items.set(PROGRESS_KEY, '{"version":1,"lessons":{"there":"2026-12-01T00:00:00.000Z"}}');
    tellOfOtherTab();
    assert.deepEqual(seen, [[], ['here'], ['there']]);
  });

  for (const garbage of [
    '{',
    '7',
    '{"version":1,"lessons":null}',
    '{"version":1,"lessons":7,"challenges":null,"predictions":[],"checks":{"one/a":{}}}',
  ]) {
    it(`begins anew where the storage holds ${garbage}`, () => {
      items.set(PROGRESS_KEY, garbage);
      const progress = readProgress();
      assert.equal(isLessonDone(progress, { slug: 'one', demos: ['echo'] }), false);
      assert.deepEqual(
        [progress.predictions['one/a'], progress.checks['one/a']],
        [undefined, undefined],
      );
      markCheck('one', 'a', 'x');
      assert.equal(readProgress().checks['one/a'], 'x');
    });
  }

  it('is not touched where a newer copy of the site has written it', () => {
    const newer = '{"version":2,"lessons":["one"]}';
    items.set(PROGRESS_KEY, newer);
    markLesson('one', true);
    assert.equal(items.get(PROGRESS_KEY), newer);
    assert.deepEqual(lessonsRead(), []);
  });
});
