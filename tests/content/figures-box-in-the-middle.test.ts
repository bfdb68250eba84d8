import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { nginxLines } from '#demos/boxes/nginx-lines.ts';
import { nginxRecorded } from '#demos/boxes/nginx-recorded.ts';
import recordedMatrix from '#demos/boxes/recorded-matrix.json' with { type: 'json' };
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('the-box-in-the-middle');

it('the lesson’s four lines are those whose behaviour was recorded', () => {
  const [, block = ''] = /```nginx\n([^`]*)```/.exec(lesson.text) ?? [];
  assert.deepEqual(
    block.trim().split('\n'),
    nginxLines.map((line) => line.text),
  );
});

it('the recorded nginx asks with HTTP/1.0, and the two fields alone let our server switch', () => {
  // Node does not do what RFC 9110 §7.8 asks, and the lesson says so.
  assert.match(nginxRecorded['0110']?.originSaw ?? '', /^GET HTTP\/1\.0/);
  for (const [choice, { status }] of Object.entries(nginxRecorded)) {
    assert.equal(status === 101, choice.slice(1, 3) === '11', choice);
  }
  assert.equal(Object.keys(nginxRecorded).length, 16);
});

it('its default limit is 60 seconds, and the fourth line lets the heartbeat come', () => {
  lesson.quotes(/nginx['’]s default is 60 seconds/);
  assert.equal(nginxRecorded['1110']?.endedAfterSeconds, 60);
  assert.equal(nginxRecorded['1110']?.beats, 0);
  assert.equal(nginxRecorded['1111']?.beats, 1);
  assert.equal(nginxRecorded['1111']?.endedAfterSeconds, undefined);
});

it('publishes sixteen updates with a silence that an idle box does not outlast', () => {
  const server = readFileSync('demo-server/demos/boxes.ts', 'utf8');
  assert.match(server, /SILENCE = \{ after: 8, ms: 3000 \};/);
  lesson.quotes('publishes sixteen updates: eight, three seconds of silence, eight more');
  const [seconds] =
    /moves for ([\d.]+) seconds/.exec(lesson.questionOf('forgotten'))?.slice(1) ?? [];
  assert.match(readFileSync('src/demos/boxes/paths.ts', 'utf8'), /'idle-drop': 'idleMs=1500'/);
  assert.equal(Number(seconds) * 1000, 1500);
  assert.equal(lesson.answerTo('forgotten'), '8');
});

it('says of the boxes what the recorded matrix does', () => {
  // One box at a time, and without a heartbeat.
  const cells = recordedMatrix.cells.filter(({ line }) => line !== 'none' && !/[+,]/.test(line));
  const wholeBy = (...transports: string[]) =>
    transports.map(
      (name) =>
        cells.filter(({ transport, received }) => transport === name && received === 16).length,
    );
  const polls = wholeBy('short poll', 'long poll');
  const others = wholeBy('EventSource', 'fetch stream', 'WebSocket');
  lesson.quotes('Polling, long or short, brought all updates through more of the boxes here');
  assert.ok(Math.min(...polls) > Math.max(...others), `${polls.join()} > ${others.join()}`);

  const lines = Map.groupBy(cells, ({ line }) => line);
  const closed = [...lines].filter(([, of]) => of.every(({ received }) => received === 0));
  lesson.quotes('only two limits stopped everything');
  assert.deepEqual(closed.map(([line]) => line).sort(), ['connection-limit', 'header-limit']);

  lesson.quotes('The boxes here that held responses or timed requests let it pass');
  for (const box of ['buffer', 'max-duration']) {
    const cell = lines.get(box)?.find(({ transport }) => transport === 'WebSocket');
    assert.equal(cell?.received, 16, box);
  }
});

it('beats well within the default limit', () => {
  assert.match(lesson.questionOf('every-minute'), /end after 60 seconds/);
  assert.equal(lesson.answerTo('every-minute'), 'A heartbeat each 25 seconds');
});

it('leaves no figure without a source or a capture', () => {
  assert.deepEqual(lesson.unfounded(), []);
});
