import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CaptureReader } from '#capture/capture-reader.ts';
import { CapsuleError } from '#capture/export/capsule-error.ts';
import {
  decodeCapsule,
  encodeCapsule,
  MAX_CAPSULE_EVENTS,
  MAX_CAPSULE_LENGTH,
  replayOrder,
  type Capsule,
} from '#capture/export/capsule.ts';
import { harFromRows } from '#capture/export/har.ts';
import { encodePcapng } from '#capture/export/pcapng.ts';
import type { Row } from '#capture/row.ts';
import { addFrameStream } from '#tests/oracle/frame-streams.ts';
import { addHttpStream } from '#tests/oracle/http-streams.ts';
import { Random } from '#tests/support/random.ts';
import { RecordedRun } from './recorded-run.ts';

function capsuleOf(run: RecordedRun): Capsule {
  return {
    demo: 'echo',
    title: 'Frames “bit by bit”',
    made: '2026-11-23T12:00:00.000Z',
    build: 'abc123',
    browser: 'Chromium 156',
    parameters: { message: 'Hello', fragments: 3, binary: false },
    now: 5000.5,
    events: run.events,
    page: [
      { t: 3, name: 'open', data: {} },
      { t: 1.5, name: 'send', data: { text: 'Grüße 🙂', list: [1, null, { deep: true }] } },
    ],
  };
}

/** Every kind of event. */
function richRun(): RecordedRun {
  const random = new Random(4648);
  const run = new RecordedRun();
  for (let connection = 1; connection <= 6; connection++) {
    if (connection % 2 === 0) addHttpStream(run, connection, random);
    else addFrameStream(run, connection, random, { isLegal: false, hasLargeFrame: false });
  }
  run.open(7, { sender: 'BOX', hop: 1, box: 'strip-upgrade' });
  run.add({ kind: 'note', vantage: 'server', name: 'message', data: { type: 'text', length: 5 } });
  run.add({ kind: 'note', vantage: 'box', connection: 7, name: 'upgrade-stripped', data: {} });
  run.add({ kind: 'dropped', events: 3, octets: 900 });
  return run;
}

function replay(capsule: Capsule): readonly Row[] {
  const reader = new CaptureReader();
  for (const { from, event } of replayOrder(capsule)) {
    if (from === 'wire') reader.pushWire(event);
    else reader.pushPage(event);
  }
  return reader.rows;
}

/** The JSON of a small capsule after a change to it. */
function changed(change: (json: Record<string, unknown>) => unknown): string {
  const run = new RecordedRun();
  run.open(1);
  run.text(1, 'up', 'GET / HTTP/1.1\n\n');
  const json = JSON.parse(encodeCapsule(capsuleOf(run))) as Record<string, unknown>;
  change(json);
  return JSON.stringify(json);
}

type EventJson = Record<string, unknown>;
const firstEvents = (json: Record<string, unknown>) => json['events'] as [EventJson, EventJson];

function openOrRefuse(text: string): Capsule | undefined {
  try {
    return decodeCapsule(text);
  } catch (error) {
    assert.ok(error instanceof CapsuleError, String(error));
    return undefined;
  }
}

describe('a capsule', () => {
  it('opens to the same events and to the same rows', () => {
    const capsule = capsuleOf(richRun());
    const opened = decodeCapsule(encodeCapsule(capsule));
    assert.deepEqual(opened, capsule);
    const rows = replay(capsule);
    assert.ok(rows.length > 100);
    assert.deepEqual(replay(opened), rows);
  });

  it('is replayed with events of the wire by number, of the page by time', () => {
    const run = new RecordedRun();
    run.open(1);
    run.end(1, 'up');
    const order = replayOrder(capsuleOf(run)).map(({ from, t }) => `${from} ${t}`);
    assert.deepEqual(order, ['wire 1.25', 'page 1.5', 'wire 2.5', 'page 3']);
  });

  it('needs neither title nor now, and ignores fields that it does not know', () => {
    const text = changed((json) => {
      delete json['title'];
      delete json['now'];
      json['later'] = { version: 2 };
      firstEvents(json)[0]['color'] = 'red';
    });
    const opened = decodeCapsule(text);
    assert.ok(!('title' in opened) && !('now' in opened) && !('later' in opened));
    assert.ok(!('color' in (opened.events[0] ?? {})));
  });

  const refused: readonly [
    id: string,
    change: (json: Record<string, unknown>) => unknown,
    RegExp,
  ][] = [
    ['another format', (json) => (json['format'] = 'har'), /format is not switching-protocols/],
    ['a later version', (json) => (json['version'] = 2), /version 2.*reads version 1/],
    ['no demo', (json) => delete json['demo'], /demo is not lower-case words/],
    ['a demo that is a path', (json) => (json['demo'] = '../x'), /demo is not lower-case words/],
    ['a date in words', (json) => (json['made'] = 'now'), /made is not a time such as/],
    ['a day that no month has', (json) => (json['made'] = '2026-13-41T00:00:00.000Z'), /made/],
    ['a long title', (json) => (json['title'] = 'x'.repeat(201)), /title is not a text of at most/],
    ['a list as parameter', (json) => (json['parameters'] = { a: [] }), /parameters is not a rec/],
    ['parameters in a list', (json) => (json['parameters'] = []), /parameters is not a JSON obj/],
    ['events in an object', (json) => (json['events'] = {}), /events is not a list/],
    [
      'too many events',
      (json) => (json['page'] = new Array<number>(MAX_CAPSULE_EVENTS + 1).fill(0)),
      /page is not a list of at most 250000/,
    ],
    ['an event that is null', (json) => (json['events'] = [null]), /events\[0\] is not a JSON obj/],
    [
      'an unknown kind',
      (json) => (firstEvents(json)[0]['kind'] = 'constructor'),
      /events\[0\]\.kind/,
    ],
    [
      'an unknown sender',
      (json) => (firstEvents(json)[0]['sender'] = 'ME'),
      /events\[0\]\.sender is not BROWSER or TOOL or ROBOT or BOX/,
    ],
    ['a hop of a half', (json) => (firstEvents(json)[0]['hop'] = 0.5), /events\[0\]\.hop/],
    [
      'a number twice',
      (json) => (firstEvents(json)[1]['seq'] = 1),
      /events\[1\]\.seq is not above/,
    ],
    ['a time beyond reason', (json) => (firstEvents(json)[1]['t'] = 1e300), /events\[1\]\.t/],
    [
      'another direction',
      (json) => (firstEvents(json)[1]['direction'] = 'in'),
      /events\[1\]\.direction is not up or down/,
    ],
    [
      'octets that are no base64',
      (json) => (firstEvents(json)[1]['octets'] = 'AA=A'),
      /events\[1\]\.octets is not base64/,
    ],
    [
      'base64 without padding',
      (json) => (firstEvents(json)[1]['octets'] = 'AA'),
      /events\[1\]\.octets is not base64/,
    ],
    [
      'a page event without data',
      (json) => (json['page'] = [{ t: 1, name: 'open' }]),
      /page\[0\]\.data/,
    ],
  ];
  for (const [id, change, sentence] of refused) {
    it(`is refused for ${id}, in a sentence that says where`, () => {
      const text = changed(change);
      assert.throws(
        () => decodeCapsule(text),
        (error) => {
          assert.ok(error instanceof CapsuleError);
          assert.match(error.message, sentence);
          assert.match(error.message, /\.$/);
          return true;
        },
      );
    });
  }

  it('is refused when it is no JSON, no object, too large or nested without end', () => {
    assert.throws(() => decodeCapsule('{'), CapsuleError);
    assert.throws(() => decodeCapsule('[]'), /the text is not a JSON object/);
    assert.throws(() => decodeCapsule(' '.repeat(MAX_CAPSULE_LENGTH + 1)), /too large/);
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const text = changed(() => undefined).replace('"data":{}', `"data":${deep}`);
    assert.throws(() => decodeCapsule(text), CapsuleError);
  });

  it('that was damaged anywhere is refused as a capsule, or opens to what can be shown and exported', () => {
    const random = new Random(1789);
    const run = new RecordedRun();
    addHttpStream(run, 1, random);
    addFrameStream(run, 2, random, { isLegal: true, hasLargeFrame: false });
    run.add({ kind: 'dropped', events: 3, octets: 900 });
    run.text(1, 'up', 'GET / HTTP/1.1\nHost: a\n\n');
    const text = encodeCapsule(capsuleOf(run));
    let opened = 0;
    for (let round = 0; round < 2000; round++) {
      const at = random.integer(0, text.length - 1);
      const damage = random.pick(['9', '"', '-', 'A', '{', '', text.slice(at, at + 40), 'null']);
      const damaged = text.slice(0, at) + damage + text.slice(at + random.integer(0, 2));
      const capsule = openOrRefuse(damaged);
      if (capsule === undefined) continue;
      opened++;
      const beganAt = Date.parse(capsule.made) - (capsule.now ?? 0);
      const rows = replay(capsule);
      harFromRows(rows, { beganAt, version: capsule.build });
      encodePcapng(capsule.events, { beganAt });
    }
    assert.ok(opened > 100 && opened < 1900, `${opened} of 2000 opened`);
  });

  it('changes no prototype, its own or anyone else’s', () => {
    const text = changed((json) => (json['parameters'] = 'HERE'))
      .replace('"HERE"', '{"__proto__":"x","constructor":"y"}')
      .replace('"data":{}', '"data":{"__proto__":{"polluted":true},"a":{"__proto__":{"b":1}}}');
    const { parameters, page } = decodeCapsule(text);
    assert.deepEqual(Object.keys(parameters), ['constructor']);
    assert.equal(Object.getPrototypeOf(parameters), Object.prototype);
    const { data } = page[0] ?? assert.fail();
    assert.deepEqual(JSON.stringify(data), '{"a":{}}');
    assert.equal(data['polluted'], undefined);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});
