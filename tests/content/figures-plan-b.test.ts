import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import demo from '#demos/fallback/demo.ts';
import { FEED_LENGTH } from '#demos/fallback/feed.ts';
import { Incidents } from '#demos/second-system/incidents.ts';
import { loadOf } from '#demos/second-system/model.ts';
import { CLIENTS, ROOM, ROOM_BEFORE } from '#demos/second-system/tiers.ts';
import { figuresOf } from './lesson-figures.ts';

const root = join(import.meta.dirname, '../..');
const lesson = figuresOf('plan-b');

const rows = lesson
  .quotesEach(/^\| (`[^|]+`|none) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/m)
  .map(([box = '', webSocket, sse, poll]) => ({
    path: box.replaceAll('`', '').replaceAll(' ', ''),
    cells: [webSocket, sse, poll],
  }));

describe('figures of plan-b, recomputed', () => {
  it('describes the feed that the demo asks for', () => {
    assert.equal(FEED_LENGTH, 16);
    const feed = readFileSync(join(root, 'src/demos/fallback/feed.ts'), 'utf8');
    assert.match(feed, /pauseAfter: 8, pauseMs: 3000 /);
    lesson.quotes(/sixteen numbered updates: eight, a pause of three seconds, and eight more\./);
  });

  it('waits as long as the demo does unless told otherwise', () => {
    assert.equal(demo.parameters.timeoutMs.default, 2000);
    assert.match(lesson.questionOf('buffer-and-strip'), /waits two seconds for each transport/);
    // Only the event stream is waited for: the upgrade fails at once, and a poll answers at once.
    assert.equal(lesson.answerTo('buffer-and-strip'), 'After about two seconds');
  });

  it('has a row for each path that the demo offers, of boxes that the server has', () => {
    assert.deepEqual(
      rows.map(({ path }) => path),
      demo.parameters.path.choices.map(({ value }) => value),
    );
    const boxes = readdirSync(join(root, 'demo-server/boxes'));
    for (const { path } of rows) {
      for (const box of path === 'none' ? [] : path.split('+'))
        assert.ok(boxes.includes(`${box.split(';')[0]}.ts`));
    }
  });

  it('opens as many streams as it says, one more than the browser lets through', () => {
    const used = readFileSync(join(root, 'src/demos/event-source/use-stream.ts'), 'utf8');
    assert.match(used, /openTabs\(address, 7, report\)/);
    assert.match(lesson.questionOf('seventh-stream'), /seven event streams/);
    lesson.quotes(/at most six HTTP\/1\.1 connections/);
  });

  it('lets a transport through two boxes only if both let it through', () => {
    const cellsOf = (path: string) => rows.find((row) => row.path === path)?.cells ?? [];
    const both = cellsOf('buffer+strip-upgrade');
    assert.equal(both.length, 3);
    both.forEach((cell, index) => {
      const alone = [cellsOf('buffer')[index], cellsOf('strip-upgrade')[index]];
      assert.equal(cell, alone.find((one) => one !== 'works') ?? 'works');
    });
  });

  it('tells of the MODEL what it computes', () => {
    lesson.quotes('10,000 clients lose half the room for their sockets');
    assert.deepEqual([CLIENTS, ROOM], [10_000, ROOM_BEFORE / 2]);
    assert.match(lesson.questionOf('same-minute'), /told to come back in 60 seconds/);
    assert.equal(lesson.answerTo('same-minute'), 'A wave every minute');
    const { requests, peak } = loadOf({ share: 20, shed: 28, wait: 60, spread: false });
    const waves = requests.flatMap((count, second) => (count === peak ? [second + 1] : []));
    assert.deepEqual(waves, [60, 120, 180, 240, 300]);
  });

  it('dates each incident, or says that we know no year', () => {
    assert.equal(Incidents.length, 3);
    for (const { when, source } of Incidents) {
      assert.match(when, /\b20\d\d$|in a year that the copy we read does not name$/);
      assert.match(source.href, /^https:\/\/(?:status\.pusher\.com|github\.com\/pusher)\//);
    }
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
