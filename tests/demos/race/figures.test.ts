import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { doubtOf } from '#demos/race/doubt.ts';
import { raceOf } from '#demos/race/figures.ts';
import { longPollMeanMs } from '#demos/race/latency-model.ts';

type Seen = readonly [name: string, data: Record<string, unknown>];

const start: Seen = [
  'start',
  { feed: 3, count: 4, lanes: 'all', delayMs: 50, everyMs: 250, rhythm: 'even', pollMs: 1000 },
];
const arrival = (lane: string, number: number, lateMs: number, feed = 3): Seen => [
  'arrival',
  { feed, lane, number, lateMs },
];
const rowsOf = (...seen: readonly Seen[]): Row[] =>
  seen.map(([name, data], index) => ({
    number: index + 1,
    t: index,
    kind: 'app',
    vantage: 'page',
    data: { name, ...data },
  }));
const lane = (rows: readonly Row[], id: string) =>
  raceOf(rows)?.lanes.find((figures) => figures.lane === id) ?? assert.fail(id);

describe('the figures of a race', () => {
  const rows = rowsOf(
    start,
    ...[900, 300, 100, 600].map((lateMs, index) => arrival('poll', index + 1, lateMs)),
    arrival('ws', 1, 51),
    arrival('ws', 1, 4000, 2),
    ['finish', { feed: 3, hidden: false }],
  );

  it('are mean, median and worst of the lane’s own arrivals in this race', () => {
    const { meanMs, medianMs, maxMs, arrivals } = lane(rows, 'poll');
    assert.deepEqual([meanMs, medianMs, maxMs, arrivals.length], [475, 300, 900, 4]);
    assert.equal(lane(rows, 'ws').meanMs, 51);
    assert.equal(lane(rows, 'events').meanMs, undefined);
  });

  it('have the prediction for what was set when it began', () => {
    assert.equal(lane(rows, 'poll').predictedMs, 550);
    assert.equal(lane(rows, 'long').predictedMs, 50);
  });

  it('count what the browser took to ask again, on the connections of long polling alone', () => {
    const head = (t: number, connection: number, head: 'req' | 'res', target = ''): Row => ({
      number: 10 + t,
      t,
      kind: `http.${head}.head`,
      vantage: 'wire',
      hop: 0,
      connection,
      data: { requestTarget: `/live/run/race/via/slow/${target}` },
    });
    const asked = [
      head(10, 1, 'req', 'long?feed=3&since=0'),
      head(20, 1, 'res'),
      head(26, 2, 'req', 'poll?feed=3&since=0'),
      head(27, 1, 'req', 'long?feed=3&since=1'),
      head(40, 1, 'res'),
      head(45, 2, 'res'),
      head(49, 3, 'req', 'long?feed=3&since=2'),
      head(60, 3, 'res'),
    ];
    const race = raceOf([...rowsOf(start), ...asked]);
    assert.equal(race?.turnaroundMs, 8);
    assert.equal(raceOf([...rowsOf(start), ...asked.slice(0, 3)])?.turnaroundMs, undefined);
    const random = rowsOf([start[0], { ...start[1], rhythm: 'random' }]);
    assert.equal(lane([...random, ...asked], 'long').predictedMs, longPollMeanMs(250, 50, 8));
    assert.equal(lane(random, 'long').predictedMs, longPollMeanMs(250, 50));
  });

  it('are of the last race, and of the lanes that ran in it', () => {
    const again = rowsOf(start, arrival('ws', 1, 9), [
      'start',
      { ...start[1], feed: 4, lanes: 'ws' },
    ]);
    const race = raceOf(again);
    assert.deepEqual(
      race?.lanes.map(({ lane: id, arrivals }) => [id, arrivals.length]),
      [['ws', 0]],
    );
    assert.equal(race?.isOver, false);
    assert.equal(raceOf(rowsOf(['error', {}])), undefined);
  });
});

describe('a mean far from the formula', () => {
  const over = (hidden: boolean): Seen => ['finish', { feed: 3, hidden }];

  it('is told when it is off by more than 15 %, with a reason', () => {
    const race = raceOf(rowsOf(start, arrival('poll', 1, 700), arrival('ws', 1, 57), over(false)));
    assert.equal(
      doubtOf(race!),
      'Short polling 27\u00a0% later than predicted. Questions and events both keep time here, so that their phase counts.',
    );
  });

  it('of a lane that only pushes is put down to the machine, and the others with it', () => {
    const race = raceOf(rowsOf(start, arrival('poll', 1, 1100), arrival('ws', 1, 75), over(false)));
    assert.equal(
      doubtOf(race!),
      'Short polling 100\u00a0% later, WebSocket 50\u00a0% later than predicted. This machine was busy with something else.',
    );
  });

  it('is put down to the hidden page first', () => {
    const race = raceOf(rowsOf(start, arrival('ws', 1, 20), over(true)));
    assert.match(doubtOf(race!) ?? '', /^WebSocket 60\u00a0% earlier .* hidden/);
  });

  it('is not judged before the race is over', () => {
    assert.equal(doubtOf(raceOf(rowsOf(start, arrival('ws', 1, 500)))!), undefined);
  });
});
