import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { MAX_ROBOTS } from '#demos/stadium/client.ts';
import demo from '#demos/stadium/demo.ts';
import { hitRatio, originMessages } from '#demos/stadium/model.ts';
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('one-answer-for-everyone');

describe('figures of one-answer-for-everyone, recomputed', () => {
  it('half a request per second for the crowd that the question names', () => {
    const question = lesson.questionOf('origin-rate');
    const [, readers = '', every = ''] =
      /^([\d,]+) readers poll every (\d+) seconds/.exec(question) ?? [];
    const lifetime = Number(/s-maxage=(\d+)/.exec(question)?.[1]);
    const crowd = {
      readers: Number(readers.replace(/\D/g, '')),
      everySeconds: Number(every),
      lifetimeSeconds: lifetime,
      nodes: 1,
      eventsPerSecond: 0.2,
    };
    assert.equal(crowd.readers, 10_000);
    assert.equal(originMessages('shared-cache', crowd).toFixed(1), lesson.answerTo('origin-rate'));
    // What the bench shows unless told otherwise.
    assert.equal(demo.parameters.lifetime.default, crowd.lifetimeSeconds);
    assert.equal(demo.parameters.every.default, crowd.everySeconds);
    assert.equal(demo.parameters.readers.max, crowd.readers);
  });

  it('91 % of one request per second at ten seconds', () => {
    const percent = `${(100 * hitRatio(1, 10)).toFixed(0)} %`;
    assert.equal(lesson.answerTo('hit-ratio'), percent);
    lesson.quotes(new RegExp(`at one request per second and ten seconds, ${percent}`));
  });

  it('ten of eleven at a product of ten', () => {
    assert.equal((hitRatio(1, 10) * 11).toFixed(6), (10).toFixed(6));
    lesson.quotes('λT is 10, so ten of eleven requests are hits.');
  });

  it('as many robots as the demo sends', () => {
    lesson.quotes(new RegExp(`Up to ${MAX_ROBOTS} of them are robots`));
  });

  it('two bytes and the message: a frame from a server with up to 125 bytes, RFC 6455 §5.2', () => {
    lesson.quotes(/one frame for each reader: two bytes and the message/);
    assert.ok(JSON.stringify({ event: 999_999, home: 99_999, away: 99_999 }).length <= 125);
  });

  it('a score each five seconds, two seconds old at most in the cache and in the lesson', () => {
    const server = readFileSync('demo-server/demos/stadium.ts', 'utf8');
    assert.match(server, /CHANGES_EVERY_MS = 5000;/);
    lesson.quotes('A score changes every five seconds');
    assert.equal(demo.parameters.lifetime.default, 2);
    lesson.quotes('About one request in two seconds. A miss opens a lifetime of two seconds');
    lesson.quotes('What a reader sees may be two seconds old');
    // As many as the bench has unless told otherwise.
    assert.equal(demo.parameters.readers.default, 20);
    lesson.quotesEach(/[Ll]et 20 read/);
  });

  it('one request for all who ask at once; the cache that collapses is tested by itself', () => {
    assert.match(lesson.questionOf('twenty-misses'), /20 readers ask at the same moment/);
    assert.equal(lesson.answerTo('twenty-misses'), '1');
  });

  it('what came after 41 in the one address that names it', () => {
    lesson.quotes('`log?offset=41`: what came after event 41? The origin answers when event 42 is');
    assert.equal(lesson.answerTo('which-address'), '/updates?offset=41');
    lesson.quotes('What came after 41 stays the same.');
    // Numbers of an example.
    lesson.quotes('Why max-age=60 and not 5?');
    lesson.quotes('hand it out ten thousand times');
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
