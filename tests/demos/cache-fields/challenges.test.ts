import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/cache-fields/demo.ts';
import { EventScript } from '#tests/support/event-script.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const get = (field = '') => `GET /live/x/cache-fields/resource HTTP/1.1\nHost: x\n${field}\n`;
const full = 'HTTP/1.1 200 OK\nETag: "v1"\nContent-Length: 1\n\nx';
const notModified = 'HTTP/1.1 304 Not Modified\nETag: "v1"\n\n';
const conditional = get('If-None-Match: "v1"\n');

type Load = { readonly fromCache: boolean; readonly freshness?: string };

function met(challenge: string, { events }: EventScript, loads: readonly Load[] = []): string[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  for (const [index, data] of loads.entries()) {
    reader.pushPage({ t: 100 + index, name: 'load', data });
  }
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  return evaluate(found, reader.rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

const nothing = new EventScript();

describe('304 from the origin', () => {
  const begun = () => new EventScript().open(1).octets(1, 'up', get()).octets(1, 'down', full);

  it('is solved by If-None-Match and its own 304', () => {
    const run = begun().octets(1, 'up', conditional).octets(1, 'down', notModified);
    assert.deepEqual(met('304-from-the-origin', run), ['asks-if-changed', 'not-modified']);
  });

  it('is not solved when the origin answers the question with 200', () => {
    const run = begun().octets(1, 'up', conditional).octets(1, 'down', full);
    assert.deepEqual(met('304-from-the-origin', run), ['asks-if-changed']);
  });

  it('is not solved by a 304 to a request that did not ask', () => {
    const run = begun().octets(1, 'up', get()).octets(1, 'down', notModified);
    assert.deepEqual(met('304-from-the-origin', run), []);
  });
});

describe('Zero bytes', () => {
  it('is solved by a load, and one from the cache after it', () => {
    const loads = [{ fromCache: false }, { fromCache: true }];
    assert.deepEqual(met('zero-bytes', nothing, loads), ['first-load', 'free-load']);
  });

  it('is not solved by a hit that came before, nor by two loads over the wire', () => {
    assert.deepEqual(met('zero-bytes', nothing, [{ fromCache: true }, { fromCache: false }]), [
      'first-load',
    ]);
    assert.deepEqual(met('zero-bytes', nothing, [{ fromCache: false }, { fromCache: false }]), [
      'first-load',
    ]);
  });
});

describe('Nobody asked for this', () => {
  it('is solved by a hit whose freshness was guessed', () => {
    const loads = [{ fromCache: true, freshness: 'heuristic' }];
    assert.deepEqual(met('nobody-asked-for-this', nothing, loads), ['heuristic-hit']);
  });

  it('is not solved by a hit that max-age allowed, nor by a guess without a hit', () => {
    const allowed = [{ fromCache: true, freshness: 'max-age' }];
    const loaded = [{ fromCache: false, freshness: 'heuristic' }];
    assert.deepEqual(met('nobody-asked-for-this', nothing, allowed), []);
    assert.deepEqual(met('nobody-asked-for-this', nothing, loaded), []);
  });
});

describe('The origin is down and nobody noticed', () => {
  const switchOff: RowDraft = { kind: 'app', data: { name: 'settings', down: true } };
  const told = (statusCode: number, t?: number): RowDraft => ({
    kind: 'app',
    data: { name: 'load', statusCode },
    ...(t === undefined ? {} : { t }),
  });
  const inItsPlace: readonly RowDraft[] = [
    { kind: 'http.res.head', hop: 1, data: { statusCode: 503 } },
    {
      kind: 'box',
      data: { name: 'cache-decision', outcome: 'stale', rule: 'STALE_IF_ERROR' },
    },
  ];
  const goals = (rows: readonly RowDraft[]) =>
    evaluate(
      demo.challenges.find(({ id }) => id === 'nobody-noticed') ?? assert.fail(),
      writtenRows(rows),
    )
      .goals.filter((goal) => goal.met)
      .map(({ id }) => id);
  const all = ['origin-failed', 'stale-if-error', 'two-hundred'];

  it('is solved by a 200 after the origin was switched off, whichever clock is ahead', () => {
    assert.deepEqual(goals([switchOff, ...inItsPlace, told(200)]), all);
    assert.deepEqual(goals([switchOff, ...inItsPlace, told(200, 2.5)]), all);
  });

  it('is not solved by a 200 from before, nor by a 503', () => {
    assert.deepEqual(goals([told(200), switchOff, ...inItsPlace]), all.slice(0, 2));
    assert.deepEqual(goals([switchOff, ...inItsPlace, told(503)]), all.slice(0, 2));
  });
});
