import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/encrypted/demo.ts';

type Draft = Partial<Row> & Pick<Row, 'kind' | 'data'>;

function met(...drafts: readonly Draft[]): string[] {
  const rows = drafts.map((draft, index): Row => ({
    number: index + 1,
    t: index,
    vantage: 'wire',
    ...draft,
  }));
  return evaluate(demo.challenges[0]!, rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

const box = (name: string, which: string): Draft => ({ kind: 'box', data: { name, box: which } });
const handshake = (hop: number, accepted: boolean): Draft => ({
  kind: 'ws.handshake',
  hop,
  data: { accepted },
});
const messages = (count: number, hop: number): Draft[] =>
  Array.from({ length: count }, () => ({ kind: 'ws.message', hop, direction: 'down', data: {} }));
const answer = (which: string, ask: string, updates: number): Draft => ({
  kind: 'app',
  vantage: 'page',
  data: { name: 'answer', box: which, ask, updates },
});

describe('Past the box', () => {
  it('is solved by the stripper in the clear, the stripper inside TLS, the holder inside TLS', () => {
    assert.deepEqual(
      met(
        box('upgrade-stripped', 'strip-upgrade'),
        handshake(0, false),
        box('passed-unread', 'strip-upgrade'),
        handshake(2, true),
        ...messages(5, 2),
        box('passed-unread', 'buffer'),
        answer('buffer', 'event stream', 5),
      ),
      ['stripped', 'opened', 'not-held'],
    );
  });

  it('is not solved by a WebSocket through a box that leaves it alone anyway', () => {
    assert.deepEqual(
      met(box('passed-unread', 'buffer'), handshake(2, true), ...messages(5, 2)),
      [],
    );
  });

  it('is not solved by a stream in the clear, nor by four messages', () => {
    assert.deepEqual(met(box('response-held', 'buffer'), answer('buffer', 'event stream', 5)), []);
    assert.deepEqual(
      met(box('passed-unread', 'strip-upgrade'), handshake(2, true), ...messages(4, 2)),
      [],
    );
  });
});
