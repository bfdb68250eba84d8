import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { listed, readLessons } from './lesson-text.ts';

type Question = {
  readonly id: string;
  readonly topic: string;
  readonly question: string;
  readonly lesson: string;
  readonly demo?: string;
};

const path = join(import.meta.dirname, '../../content/quiz.json');
const questions = JSON.parse(readFileSync(path, 'utf8')) as readonly Question[];
const lessons = readLessons();

describe('the questions', () => {
  it('have each an address of its own', () => {
    const ids = questions.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    for (const id of ids) assert.match(id, /^[a-z][a-z0-9-]+$/);
    assert.equal(new Set(questions.map(({ question }) => question)).size, questions.length);
  });

  for (const { id, lesson: slug, demo } of questions) {
    it(`${id}: names a lesson, and once that is written the demo in it that proves the answer`, () => {
      const lesson = lessons.find((candidate) => candidate.slug === slug);
      assert.ok(lesson, `there is no lesson ${slug}`);
      if (lesson.frontmatter['status'] !== 'written') return;
      assert.ok(
        demo !== undefined && listed(lesson, 'demos').includes(demo),
        `"demo" is one of ${listed(lesson, 'demos').join(', ')}`,
      );
    });
  }
});
