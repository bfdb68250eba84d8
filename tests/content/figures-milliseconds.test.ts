import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import elephant from '#demos/elephant/demo.ts';
import { msOnThePath, transfersOf } from '#demos/elephant/transfers.ts';
import firstEvent from '#demos/first-event/demo.ts';
import { measuredIn, States } from '#demos/first-event/rounds.ts';
import jump from '#demos/jump/demo.ts';
import { seriesOf } from '#demos/jump/jumps.ts';
import demo from '#demos/race/demo.ts';
import { raceOf } from '#demos/race/figures.ts';
import { longPollMeanMs, pushMeanMs, shortPollMeanMs } from '#demos/race/latency-model.ts';
import { batchesOf, countConnections } from '#demos/sockets/batches.ts';
import sockets from '#demos/sockets/demo.ts';
import { figuresOf } from './lesson-figures.ts';

provideHttp2();
const lesson = figuresOf('where-the-milliseconds-go');
const captures = join(import.meta.dirname, '../../content/captures');
const recording = (of: DemoDefinition) =>
  readReplay(of, readFileSync(join(captures, `${of.id}.json`), 'utf8'), 'recording');
const { store } = recording(demo);
const recorded = raceOf(store.rows) ?? assert.fail('no race');

/** Means in the lesson's table, for 50 and 200 ms. */
const row = (name: string): readonly number[] => {
  const text = '[^|]+\\|';
  const row = `^\\| ${name}${text}${text}${text} (\\d+) ms \\| (\\d+) ms \\|$`;
  return lesson.quotes(new RegExp(row, 'm')).map(Number);
};

describe('figures of where-the-milliseconds-go, recomputed', () => {
  it('has the means of push and of short polling', () => {
    assert.deepEqual(row('SSE'), [50, 200].map(pushMeanMs));
    assert.deepEqual(
      row('Short polling, T = 1 s'),
      [50, 200].map((delayMs) => shortPollMeanMs(1000, delayMs)),
    );
  });

  it('has those of long polling, counted event by event', () => {
    // A question is back after two ways; by then every event of that time waits for it.
    const means = [50, 200].map((delayMs) => {
      let [asked, total] = [0, 0];
      for (let index = 0; index < 40_000;) {
        const answered = Math.max(asked, index * 250);
        for (; index < 40_000 && index * 250 <= answered; index++) total += answered - index * 250;
        asked = answered + 2 * delayMs + 0.37;
      }
      return delayMs + total / 40_000;
    });
    for (const [index, mean] of row('Long polling, an event every 250 ms').entries()) {
      assert.ok(Math.abs(mean / (means[index] ?? NaN) - 1) < 0.01, `${mean}, ${means[index]}`);
    }
    assert.match(lesson.questionOf('long-at-200'), /200 ms from one end .* every 250 ms/);
    assert.equal(lesson.answerTo('long-at-200'), '400 ms');
    lesson.quotes('About 400 ms: twice the way.');
    lesson.quotes('a round trip, 400 ms here');
    lesson.quotes('With a delay of 50 ms the silence lasts 100 ms.');
    lesson.quotes('d = 50 ms | d = 200 ms');
  });

  it('has those of events at random', () => {
    const [at50, at200] = lesson.quotes(/(\d+) ms at a delay of 50, (\d+) ms at 200/);
    assert.equal(Number(at50), Math.round(longPollMeanMs(250, 50)));
    assert.equal(Number(at200), Math.round(longPollMeanMs(250, 200)));
  });

  it('has the answers that the formulas give', () => {
    assert.equal(
      lesson.answerTo('halve-interval'),
      `${shortPollMeanMs(2000, 100).toLocaleString('en')} ms become ${shortPollMeanMs(1000, 100)} ms`,
    );
    assert.equal(lesson.answerTo('worst-long'), `${3 * 200} ms`);
    assert.ok(Math.abs(longPollMeanMs(10_000, 50) / pushMeanMs(50) - 1) < 0.02);
    assert.equal(lesson.answerTo('rare-events'), 'Neither');
  });

  it('counts the large message and its fragments right', () => {
    const { sizeKiB, rate, pieceKiB } = elephant.parameters;
    const asked = lesson.questionOf('ping-behind');
    assert.match(asked, new RegExp(`carries ${rate.default} kB .+ of ${sizeKiB.default} KiB`));
    const wholeMs = msOnThePath(sizeKiB.default, rate.default);
    assert.equal(lesson.answerTo('ping-behind'), `After ${Math.round(wholeMs / 1000)} s`);
    const [ms, kiB] = lesson.quotes(/one of them at most: (\d+) ms for (\d+) KiB/);
    assert.equal(Number(kiB), pieceKiB.default);
    assert.equal(Number(ms), msOnThePath(pieceKiB.default, rate.default));
  });

  it('has the round trips that the bench predicts', () => {
    const warm = States.find(({ open }) => open === 'http1');
    assert.equal(
      lesson.answerTo('first-round-trips'),
      `${String(warm?.fetch)} and ${String(warm?.webSocket)}`,
    );
    const cold = States.find(({ open }) => open === 'nothing');
    assert.equal(cold?.fetch, cold?.webSocket);
  });

  it('describes what the bench sets of itself', () => {
    assert.equal(demo.parameters.everyMs.default, 250);
    lesson.quotes('publishes an event every 250 ms');
    assert.equal(demo.parameters.delayMs.default, 50);
    assert.equal(demo.parameters.pollMs.default, 1000);
  });

  it('asks for the race that the challenge checks', () => {
    lesson.quotes(
      'asks for a race of 30 events in which its mean is at least 1.8 times that of SSE',
    );
    const checked = JSON.stringify(demo.challenges);
    assert.match(checked, /"data\.events":\{"atLeast":30\}/);
    assert.match(checked, /"data\.longByEvents":\{"atLeast":1\.8\}/);
  });

  it('has as many connections as Chromium keeps to a host, measured by the demo of sockets', () => {
    const { rows } = recording(sockets).store;
    assert.equal(Math.max(...batchesOf(rows).map(countConnections).slice(0, 2)), 6);
    lesson.quotes('Nothing queues for one of six connections');
  });
});

describe('what the lesson says of the recorded race', () => {
  const lane = (id: string) => recorded.lanes.find((one) => one.lane === id) ?? assert.fail(id);
  const perEvent = (id: string) => lane(id).octets / lane(id).arrivals.length;

  it('has every event in every lane', () => {
    for (const { name, arrivals } of recorded.lanes) assert.equal(arrivals.length, 30, name);
  });

  it('shows long polling near twice the way, and the others near it once', () => {
    const mean = (id: string) => lane(id).meanMs ?? NaN;
    for (const id of ['events', 'stream', 'ws', 'deflate']) {
      assert.ok(mean('long') / mean(id) > 1.8, id);
    }
  });

  it('costs many times as many bytes by long polling, and fewest deflated', () => {
    assert.ok(perEvent('long') > 4 * perEvent('ws'));
    assert.ok(perEvent('deflate') < perEvent('ws'));
    // One packet of an Ethernet carries 1,460 octets of TCP.
    for (const { octets = new Uint8Array(), kind } of store.rows) {
      if (kind === 'ws.frame' || kind === 'http.chunk') assert.ok(octets.length < 1460);
    }
  });
});

describe('what the lesson says of its other recordings', () => {
  const near = (ms: number | undefined, expected: number, within: number) => {
    assert.ok(Math.abs(Number(ms) - expected) <= within, `${String(ms)}, about ${expected}`);
  };

  it('lets a ping past in fragments, and the small message only between messages', () => {
    const transfers = transfersOf(recording(elephant).store.rows);
    const of = (way: string) => transfers.find((one) => one.way === way) ?? assert.fail(way);
    const { sizeKiB, pieceKiB, rate } = of('frame');
    const [wholeMs, pieceMs] = [msOnThePath(sizeKiB, rate), msOnThePath(pieceKiB, rate)];
    for (const ms of [of('frame').slowestPongMs, of('frame').smallMs]) near(ms, wholeMs, 150);
    for (const way of ['fragments', 'messages']) near(of(way).slowestPongMs, pieceMs, 100);
    near(of('messages').smallMs, pieceMs, 100);
    assert.ok(Number(of('fragments').smallMs) > wholeMs);
    // To wait for each pong takes time.
    assert.ok(Number(of('fragments').largeMs) > Number(of('frame').largeMs));
  });

  it('takes as many round trips to the first event as the protocols count', () => {
    const measured = measuredIn(recording(firstEvent).store.rows);
    for (const { open, fetch, webSocket } of States) {
      const one = measured.get(open);
      if (one === undefined) continue;
      // A third of a round trip for what programs take.
      const roundTripMs = 2 * one.delayMs;
      near(one.fetchMs, fetch * roundTripMs, roundTripMs / 3);
      near(one.webSocketMs, Number(webSocket) * roundTripMs, roundTripMs / 3);
    }
    assert.equal(measured.size, 3);
  });

  it('is a tie upwards, until six connections are busy', () => {
    const { rows } = recording(jump).store;
    const busy = rows.findLastIndex(({ data }) => data['name'] === 'jumping');
    const tie = seriesOf(rows.slice(0, busy)) ?? assert.fail('no jumps');
    near(tie.post.meanMs, Number(tie.socket.meanMs), 0.15 * tie.delayMs);
    assert.ok(tie.post.octets > 5 * tie.socket.octets);
    const queued = seriesOf(rows) ?? assert.fail('no jumps');
    assert.ok(Number(queued.post.meanMs) > 2 * Number(queued.socket.meanMs));
  });
});

it('leaves no figure without a source or a capture', () => {
  assert.deepEqual(lesson.unfounded(), []);
});
