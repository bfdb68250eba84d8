import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_ROBOTS } from '#demos/stadium/client.ts';
import demo from '#demos/stadium/demo.ts';
import { hitRatio, originMessages } from '#demos/stadium/model.ts';
import { answerTo, tagWithId, textAttribute, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('one-answer-for-everyone');

describe('figures of one-answer-for-everyone, recomputed', () => {
  it('half a request per second for the crowd that the question names', () => {
    const question = textAttribute(tagWithId(text, 'origin-rate'), 'question') ?? '';
    const [, readers = '', every = ''] =
      /^([\d ]+) readers poll every (\d+) seconds/.exec(question) ?? [];
    const lifetime = Number(/s-maxage=(\d+)/.exec(question)?.[1]);
    const crowd = {
      readers: Number(readers.replace(/\D/g, '')),
      everySeconds: Number(every),
      lifetimeSeconds: lifetime,
      nodes: 1,
      eventsPerSecond: 0.2,
    };
    assert.equal(crowd.readers, 10_000);
    assert.equal(originMessages('shared-cache', crowd).toFixed(1), answerTo(text, 'origin-rate'));
    // What the bench shows unless told otherwise.
    assert.equal(demo.parameters.lifetime.default, crowd.lifetimeSeconds);
    assert.equal(demo.parameters.every.default, crowd.everySeconds);
    assert.equal(demo.parameters.readers.max, crowd.readers);
  });

  it('91 % of one request per second at ten seconds', () => {
    const percent = `${(100 * hitRatio(1, 10)).toFixed(0)} %`;
    assert.equal(answerTo(text, 'hit-ratio'), percent);
    assert.match(text, new RegExp(`at one request per second and ten seconds, ${percent}`));
  });

  it('as many robots as the demo sends', () => {
    assert.match(text, new RegExp(`Up to ${MAX_ROBOTS} of them are robots`));
  });

  it('two bytes and the message: a frame from a server with up to 125 bytes, RFC 6455 §5.2', () => {
    assert.match(text, /one frame for each reader: two bytes and the message/);
    assert.ok(JSON.stringify({ event: 999_999, home: 99_999, away: 99_999 }).length <= 125);
  });
});
