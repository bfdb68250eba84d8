import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/boxes/demo.ts';

type Draft = Partial<Row> & Pick<Row, 'kind' | 'data'>;

function met(challenge: string, drafts: readonly Draft[]): string[] {
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  const rows = drafts.map((draft, index): Row => ({
    number: index + 1,
    t: index,
    vantage: 'page',
    ...draft,
  }));
  return evaluate(found, rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

const asked = (via: string): Draft => ({
  kind: 'http.req.head',
  hop: 0,
  data: { requestTarget: `/live/r/boxes/via/${via}/live?after=0` },
});
const update = (path: string, afterMs: number): Draft => ({
  kind: 'app',
  data: { name: 'update', path, afterMs },
});

describe('One that gets through', () => {
  it('is solved by five updates within a second behind buffer', () => {
    const five = Array.from({ length: 5 }, () => update('buffer', 1000));
    assert.deepEqual(met('one-that-gets-through', [asked('buffer'), ...five]), ['five-in-time']);
  });

  it('is not solved by four, nor by late ones, nor behind another box', () => {
    const four = Array.from({ length: 4 }, () => update('buffer', 3));
    const late = update('buffer', 1001);
    assert.deepEqual(met('one-that-gets-through', [asked('buffer'), ...four, late]), []);
    const elsewhere = Array.from({ length: 5 }, () => update('slow', 3));
    assert.deepEqual(met('one-that-gets-through', [asked('slow'), ...elsewhere]), []);
  });
});

describe('Name that box', () => {
  const named = (box: string, probes: number, right = true): Draft[] => [
    { kind: 'server', vantage: 'server', data: { name: 'named', box, right } },
    { kind: 'app', data: { name: 'named', box, right, probes } },
  ];

  it('is solved by three boxes, each after at most four probes', () => {
    assert.deepEqual(met('name-that-box', named('hang', 4)), ['one']);
    const three = ['hang', 'slow', 'buffer'].flatMap((box) => named(box, 2));
    assert.deepEqual(met('name-that-box', three), ['one', 'three']);
  });

  it('is not solved by a fifth probe, by giving up, nor three times by the same box', () => {
    assert.deepEqual(met('name-that-box', named('hang', 5)), []);
    assert.deepEqual(met('name-that-box', named('hang', 1, false)), []);
    const same = Array.from({ length: 3 }, () => named('hang', 1)).flat();
    assert.deepEqual(met('name-that-box', same), ['one']);
  });
});
