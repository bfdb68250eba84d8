import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { formatCount } from '#controls/number-format.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import chat from '#demos/chat/demo.ts';
import sketch from '#demos/sketch/demo.ts';
import { strokesOf } from '#demos/sketch/strokes.ts';
import talkOver from '#demos/talk-over/demo.ts';
import { talksOf } from '#demos/talk-over/talks.ts';
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('both-ways-at-once');
const source = (path: string) => readFileSync(path, 'utf8');
const recorded = (demo: DemoDefinition) =>
  readReplay(demo, source(`content/captures/${demo.id}.json`), 'recording').store.rows;

describe('figures of both-ways-at-once, recomputed', () => {
  it('says how often each side speaks', () => {
    lesson.quotes(/a number every 50 ms, the server one every 70 ms/);
    assert.match(source('demo-server/demos/talk-over.ts'), /EVERY_MS = 70;/);
    assert.match(source('src/demos/talk-over/use-talk.ts'), /EVERY_MS = 50;/);
  });

  it('crosses over the WebSocket on one connection, by POST on several', () => {
    const [byPost, overSocket] = talksOf(recorded(talkOver));
    assert.equal(overSocket?.connections, 1);
    assert.ok(overSocket.onOneConnection && overSocket.mostCrossed > 0);
    // More than the two that do without a delay.
    assert.ok(byPost && byPost.connections > 2 && !byPost.onOneConnection);
    assert.match(lesson.questionOf('in-turn'), /each direction takes 100 ms/);
    lesson.quotes('each POST now takes 200 ms to be answered');
    // One of each at a time: tests/site/lesson-both-ways-at-once.spec.ts measures both.
    assert.equal(lesson.answerTo('in-turn'), '0');
    assert.equal(lesson.answerTo('connections'), '2');
    // No figure of a measurement.
    assert.match(lesson.questionOf('crossed'), /^Two messages crossed/);
  });

  it('says how long somebody is offline', () => {
    assert.match(lesson.questionOf('offline'), /dead for 5 seconds/);
    assert.match(source('demo-server/demos/chat.ts'), /AWAY_MS = 5000;/);
    assert.ok(recorded(chat).some(({ data }) => data['name'] === 'replayed'));
  });

  it('has what a message and a request take from the recording', () => {
    const [byPost, overSocket] = strokesOf(recorded(sketch)).map(({ octets, messages }) =>
      Math.round(octets / messages),
    );
    assert.ok(byPost !== undefined && overSocket !== undefined);
    lesson.quotes(`took ${overSocket} bytes over the WebSocket`);
    lesson.quotes(`A request with its answer and its event took ${formatCount(byPost)}.`);
    assert.equal(Math.round(byPost / overSocket), 10);
    assert.equal(lesson.answerTo('points'), 'about ten times');
    lesson.quotes('About ten times.');
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
