import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/ways-to-fail/demo.ts';
import { outcomesOf } from '#demos/ways-to-fail/outcomes.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const tried = (way: string, data: object = {}): RowDraft[] => [
  { kind: 'server', data: { name: 'answered', way } },
  { kind: 'app', data: { name: 'outcome', way, opened: false, errors: 1, code: 1006, ...data } },
];

describe('Same face', () => {
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  const met = (drafts: readonly RowDraft[]) =>
    evaluate(challenge, writtenRows(drafts))
      .goals.filter((goal) => goal.met)
      .map(({ id }) => id);
  const three = ['wrong-accept', 'moved', 'forbidden'];

  it('is solved by three causes with one face', () => {
    assert.deepEqual(met(three.flatMap((way) => tried(way))), ['three-causes', 'one-symptom']);
  });

  it('is not solved by one cause three times, nor with one that opens among them', () => {
    assert.deepEqual(met(['moved', 'moved', 'moved'].flatMap((way) => tried(way))), []);
    const good = tried('good', { opened: true, errors: 0, code: 1000 });
    assert.deepEqual(met([...three.flatMap((way) => tried(way)), ...good]), ['three-causes']);
  });

  it('takes no page’s word alone for a cause', () => {
    const words = three.flatMap((way) => tried(way).slice(1));
    assert.deepEqual(met(words), ['one-symptom']);
  });
});

describe('the table', () => {
  it('has what the page was told beside what the octets say', () => {
    const rows = writtenRows([
      {
        kind: 'http.res.head',
        connection: 1,
        data: {
          requestTarget: '/live/r/ways-to-fail/ws/wrong-accept',
          statusCode: 101,
          reasonPhrase: 'Switching Protocols',
        },
      },
      { kind: 'ws.handshake', connection: 1, data: { violations: [{ code: 'ACCEPT_WRONG' }] } },
      ...tried('wrong-accept'),
      ...tried('tls').slice(1),
    ]);
    assert.deepEqual(outcomesOf(rows), [
      {
        way: 'wrong-accept',
        page: 'error, close 1006',
        wire: '101 Switching Protocols, accept is not the key’s',
      },
      { way: 'tls', page: 'error, close 1006', wire: undefined },
    ]);
  });
});
