import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { countWords, listed, proseOf, quoted, readLessons } from './lesson-text.ts';

const root = join(import.meta.dirname, '../..');

/** The course's map. A slug is an address that is out in the world: it never changes. */
const courseMap: readonly (readonly [part: string, slug: string, title: string])[] = [
  ['a', 'who-speaks-first', 'Who is allowed to speak first?'],
  ['a', 'both-ways-at-once', 'Both ways at once'],
  ['b', 'a-request-is-not-a-connection', 'A request is not a connection'],
  ['b', 'the-101-moment', 'The 101 moment'],
  ['b', 'frames-bit-by-bit', 'Frames, bit by bit'],
  ['b', 'the-price-of-a-message', 'The real price of a message'],
  ['b', 'where-the-milliseconds-go', 'Where the milliseconds go'],
  ['c', 'the-request-you-never-send', 'The request you never send'],
  ['c', 'one-answer-for-everyone', 'One answer for ten thousand readers'],
  ['c', 'verbs-that-mean-something', 'Verbs that mean something'],
  ['c', 'did-it-happen', 'Did it happen? Acknowledgement and order'],
  ['c', 'everything-speaks-http', 'Everything speaks HTTP'],
  ['d', 'the-box-in-the-middle', 'The box in the middle'],
  ['d', 'plan-b', 'Plan B: SSE, streaming, long polling'],
  ['e', 'silence-is-not-health', 'Silence is not health'],
  ['e', 'come-back-gracefully', 'Come back gracefully'],
  ['e', 'who-is-calling', 'Who is calling? Origins, cookies, tokens'],
  ['f', 'choose-and-defend', 'Choose, and defend it'],
];

const claims = 'C1 C2a C2b C3a C3b C4 C5 C6 C7a C7b C8 C9 C10 C11'.split(' ');

const lessons = readLessons();

describe('the course map', () => {
  it('has the eighteen lessons in their order', () => {
    assert.deepEqual(
      lessons.map((lesson) => [lesson.frontmatter['part'], lesson.slug, quoted(lesson, 'title')]),
      courseMap,
    );
    assert.deepEqual(
      lessons.map(({ number }) => number),
      courseMap.map((_, index) => index + 1),
    );
  });

  it('looks at every claim, and at no other, before the last lesson weighs them all', () => {
    const looked = new Set(lessons.slice(0, -1).flatMap((lesson) => listed(lesson, 'claims')));
    assert.deepEqual([...looked].sort(), [...claims].sort());
    assert.deepEqual(listed(lessons.at(-1) ?? assert.fail(), 'claims'), claims);
  });
});

const planned = ['title', 'part', 'status', 'outcome', 'minutes', 'needs', 'claims', 'description'];
const written = [...planned, 'lede', 'rfcs', 'demos'];

for (const lesson of lessons) {
  describe(`lesson ${lesson.folder}`, () => {
    const isWritten = lesson.frontmatter['status'] === 'written';

    it('has complete frontmatter, and nothing else if it is planned', () => {
      const keys = isWritten ? written : planned;
      assert.deepEqual(Object.keys(lesson.frontmatter).sort(), [...keys].sort());
      if (!isWritten) assert.equal(lesson.text.trim(), '');
    });

    it('needs only lessons that come before it', () => {
      const earlier = courseMap.slice(0, lesson.number - 1).map(([, slug]) => slug);
      for (const slug of listed(lesson, 'needs')) assert.ok(earlier.includes(slug), slug);
    });

    it('names at least one claim', () => {
      assert.notEqual(listed(lesson, 'claims').length, 0);
    });

    it('says to one reader what they can do afterwards, in one sentence', () => {
      assert.match(quoted(lesson, 'outcome'), /\b[Yy]ou can [^.]*\.$/);
      assert.match(quoted(lesson, 'description'), /^.{20,200}[.?]$/);
    });

    if (!isWritten) return;

    it('shows demos that exist, on the page and on the server', () => {
      for (const demo of listed(lesson, 'demos')) {
        assert.ok(existsSync(join(root, `src/demos/${demo}/demo.ts`)), `src/demos/${demo}`);
        assert.ok(existsSync(join(root, `demo-server/demos/${demo}.ts`)), `demo-server ${demo}`);
      }
    });

    it('states its reading time by 150 words a minute', () => {
      const [, minutes] = /read: (\d+)/.exec(lesson.frontmatter['minutes'] ?? '') ?? [];
      assert.equal(Number(minutes), Math.ceil(countWords(proseOf(lesson.text)) / 150));
    });
  });
}
