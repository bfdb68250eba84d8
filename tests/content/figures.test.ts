import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { figuresIn } from './lesson-figures.ts';
import { writtenLessons } from './lesson-text.ts';

const unfounded = (text: string) =>
  figuresIn(text)
    .unfounded()
    .map((place) => place.replace(/: …[^]*/, ''));

describe('a figure in a lesson', () => {
  it('needs a source beside it or a test that quotes it', () => {
    assert.deepEqual(unfounded('A frame takes 7 bytes.'), ['7']);
    assert.deepEqual(unfounded('A frame takes seven bytes.'), ['seven']);
    assert.deepEqual(unfounded('A frame takes 7 bytes (<Rfc number={6455} section="5.2" />).'), []);
    assert.deepEqual(unfounded('A frame takes 7 bytes ([WHATWG](https://example.org)).'), []);
    assert.deepEqual(unfounded('Measured in 2026, it takes 7 bytes.'), []);
  });

  it('is not founded by a source in another paragraph, item or row', () => {
    const source = 'See <Rfc number={6455} section="5.2" />.';
    for (const between of ['\n\n', '\n- ', '\n| ']) {
      assert.deepEqual(unfounded(`${source}${between}It takes 7 bytes.`), ['7'], between);
    }
  });

  it('is founded where it is quoted and nowhere else', () => {
    const lesson = figuresIn('It takes 7 bytes.\n\nAnother takes 14 bytes, or 1,829 of them.');
    lesson.quotes('takes 7 bytes');
    assert.equal(lesson.unfounded().length, 2);
    assert.deepEqual(lesson.quotes(/(\d+) bytes, or ([\d,]+)/), ['14', '1,829']);
    assert.deepEqual(lesson.unfounded(), []);
    assert.throws(() => lesson.quotes('takes 8 bytes'), /does not say: takes 8 bytes/);
    assert.throws(() => lesson.quotes(/takes .* 1,829/), /would quote whatever stands between/);
  });

  it('may stand in a question, its answer, a title or a table, but a wrong option claims nothing', () => {
    const asked =
      '<Predict\n  id="how-many"\n  question="How late after 3 polls?"\n  options={["1 s", "2 s"]}\n  answer="2 s"\n/>';
    assert.deepEqual(unfounded(asked), ['3', '2']);
    const lesson = figuresIn(asked);
    assert.equal(lesson.answerTo('how-many'), '2 s');
    assert.deepEqual(lesson.unfounded(), []);
    assert.deepEqual(unfounded('<Step id="s" title="Ten requests">'), ['Ten']);
    assert.deepEqual(unfounded('| SSE | 20 |\n| poll | 835 |'), ['20', '835']);
  });

  it('is no name, code, year, step or setting', () => {
    const names = [
      'Over HTTP/1.1 or HTTP/2, with TLS 1.3, IPv4, UTF-8, SHA-1 and base64, as RFC 6455 says.',
      'The answer is 404 or 101, and the socket closes with 1006 or 4001.',
      'In `max-age=10` and Cache-Control: max-age=10 stands a value.',
      '1. Press **Send**.\n2. Set **Fill up to** to 125.',
      'nginx before 1.29.7, on port 443, in a 16-bit form.',
      '<Sources>\n\n- It takes 7 bytes.\n\n</Sources>',
    ];
    for (const text of names) assert.deepEqual(unfounded(text), [], text);
    // The same digits, with a unit.
    assert.deepEqual(unfounded('After 404 ms and 1006 bytes.'), ['404', '1006']);
  });
});

describe('each written lesson', () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((name) => name.startsWith('figures-'))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'));

  for (const { slug } of writtenLessons()) {
    it(`${slug}: has one test of its figures, which ends by asking what it has left out`, () => {
      const own = tests.filter((source) => source.includes(`figuresOf('${slug}')`));
      assert.equal(own.length, 1);
      assert.match(own[0] ?? '', /assert\.deepEqual\(lesson\.unfounded\(\), \[\]\);[\s});]*$/);
    });
  }
});
