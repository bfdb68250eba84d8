import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { nginxLines } from '#demos/boxes/nginx-lines.ts';
import { nginxRecorded } from '#demos/boxes/nginx-recorded.ts';

const text = readFileSync('content/lessons/13-the-box-in-the-middle/index.mdx', 'utf8');

it('the lesson’s four lines are those whose behaviour was recorded', () => {
  const [, block = ''] = /```nginx\n([^`]*)```/.exec(text) ?? [];
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
  assert.match(text, /nginx’s default is 60 seconds|nginx's default is 60 seconds/);
  assert.equal(nginxRecorded['1110']?.endedAfterSeconds, 60);
  assert.equal(nginxRecorded['1110']?.beats, 0);
  assert.equal(nginxRecorded['1111']?.beats, 1);
  assert.equal(nginxRecorded['1111']?.endedAfterSeconds, undefined);
});
