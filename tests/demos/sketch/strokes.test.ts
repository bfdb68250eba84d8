import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/sketch/demo.ts';
import { parsePath, serializePath, strokesOf } from '#demos/sketch/strokes.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { decodeFrame } from '#protocol/websocket/frame.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const stroke = (data: object): RowDraft => ({
  kind: 'app',
  data: {
    name: 'stroke',
    id: 'Ada-1',
    user: 'Ada',
    by: 'events',
    delayMs: 100,
    points: 40,
    messages: 8,
    pointsPerMessage: 5,
    ms: 1000,
    path: '10,20 11,22',
    ...data,
  },
});

describe('Fewer requests than points', () => {
  const met = (draft: RowDraft) =>
    evaluate(demo.challenges[0]!, writtenRows([draft])).goals.every((goal) => goal.met);

  it('is solved by a stroke by POST with three points or more in a request', () => {
    assert.equal(met(stroke({})), true);
    assert.equal(met(stroke({ points: 30, pointsPerMessage: 3 })), true);
  });

  it('is not solved over a WebSocket, by a request for each point, or by a short stroke', () => {
    assert.equal(met(stroke({ by: 'websocket', pointsPerMessage: 1 })), false);
    assert.equal(met(stroke({ pointsPerMessage: 1 })), false);
    assert.equal(met(stroke({ points: 29 })), false);
  });
});

describe('what a stroke took', () => {
  /** `{"stroke":"Ada-2"}` in a text frame of the server: RFC 6455 §5.2, 2 octets before 18. */
  const octets = new Uint8Array([0x81, 18, ...octetsFromLatin1('{"stroke":"Ada-2"}')]);
  const { frame } = decodeFrame(octets)!;
  const wire = (kind: RowDraft['kind'], length: number, data: object = {}): RowDraft => ({
    kind,
    connection: 1,
    hop: 0,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: data as RowDraft['data'],
  });
  const target = { requestTarget: '/live/x/sketch/strokes?user=Ada&stroke=Ada-1' };
  const rows = writtenRows([
    wire('http.req.head', 600, target),
    wire('http.req.body', 40),
    wire('http.res.head', 200),
    { ...wire('http.req.head', 5000, target), hop: 1 },
    {
      ...wire('http.chunk', 0),
      connection: 2,
      octets: octetsFromLatin1('data: {"stroke":"Ada-1"}'),
    },
    { kind: 'ws.frame', connection: 3, hop: 0, octets, detail: { type: 'frame', frame }, data: {} },
    wire('http.req.head', 700, { requestTarget: '/live/x/sketch/events?user=Ada' }),
    stroke({}),
    stroke({ id: 'Ada-2', by: 'websocket' }),
  ]);

  it('is its requests, their answers, and the copies for others, at the page', () => {
    const [overSocket, byPost] = strokesOf(rows);
    assert.equal(byPost?.octets, 600 + 40 + 200 + 24);
    assert.equal(overSocket?.octets, 20);
  });
});

it('writes points as text and reads them again', () => {
  const points = [
    [10, 20],
    [0, 75],
  ] as const;
  assert.equal(serializePath(points), '10,20 0,75');
  assert.deepEqual(parsePath('10,20 0,75'), points);
});
