import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/talk-over/demo.ts';
import { talksOf } from '#demos/talk-over/talks.ts';
import { talkAddress } from '#demos/talk-over/use-talk.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object = {}): RowDraft => ({
  kind: 'app',
  data: { name, ...data },
});
const server = (name: string, data: object, connection = 7): RowDraft => ({
  kind: 'server',
  connection,
  data: { name, talk: 1, ...data },
});
const heard = (n: number, crossed: number, sameConnection: boolean, connection = 7) =>
  server('heard', { n, crossed, sameConnection }, connection);
const frameDown = (connection = 7): RowDraft => ({
  kind: 'ws.frame',
  direction: 'down',
  connection,
  data: {},
});

const met = (drafts: readonly RowDraft[]) =>
  evaluate(demo.challenges[0]!, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Crossing swords', () => {
  const ten = Array.from({ length: 10 }, (_, index) => index + 1);

  it('is solved by ten numbers that crossed frames of the same connection', () => {
    const rows = [frameDown(), ...ten.map((n) => heard(n, 2, true))];
    assert.deepEqual(met(rows), ['crossed', 'one-connection']);
  });

  it('is half solved by SSE and POST: they cross on different connections', () => {
    const rows = [frameDown(3), ...ten.map((n) => heard(n, 2, false))];
    assert.deepEqual(met(rows), ['crossed']);
  });

  it('is not solved by taking turns, and nine are not ten', () => {
    assert.deepEqual(met([frameDown(), ...ten.map((n) => heard(n, 0, false))]), []);
    assert.deepEqual(met([frameDown(), ...ten.slice(1).map((n) => heard(n, 1, true))]), [
      'crossed',
    ]);
    // Five on each of two connections are no ten on one.
    const rows = ten.map((n) => heard(n, 1, true, n % 2));
    assert.deepEqual(met([frameDown(0), frameDown(1), ...rows]), ['crossed']);
  });
});

describe('what a talk looked like', () => {
  const head = (connection: number, requestTarget: string, length: number): RowDraft => ({
    kind: 'http.req.head',
    direction: 'up',
    hop: 0,
    connection,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: { requestTarget },
  });
  const rows = writtenRows([
    app('talk', { talk: 1, by: 'events', delayMs: 0 }),
    head(1, '/live/x/talk-over/talks/1/events', 500),
    app('said', { n: 1 }),
    head(2, '/live/x/talk-over/talks/1/numbers', 300),
    server('said', { n: 1 }),
    heard(1, 1, false),
    app('heard', { n: 1 }),
    server('said', { n: 2 }),
    app('done'),
    app('talk', { talk: 2, by: 'turns', delayMs: 100 }),
    head(2, '/live/x/talk-over/talks/2/exchange', 40),
    // The origin's side of a box is no cost at the page.
    { ...head(9, '/live/x/talk-over/talks/2/exchange', 1000), hop: 1 },
    head(2, '/live/x/talk-over/talks', 7),
  ]);
  const [second, first] = talksOf(rows);

  it('has each number with when it was said and heard', () => {
    assert.deepEqual(first?.lines, [
      { from: 'page', n: 1, begin: 3, end: 6 },
      { from: 'server', n: 1, begin: 5, end: 7 },
      { from: 'server', n: 2, begin: 8, end: undefined },
    ]);
    assert.deepEqual([first?.up, first?.down, first?.mostCrossed], [1, 1, 1]);
    assert.equal(first?.onOneConnection, false);
  });

  it('counts connections and bytes of this talk alone, at the page', () => {
    assert.deepEqual([first?.connections, first?.octetsUp], [2, 800]);
    assert.deepEqual([second?.connections, second?.octetsUp, second?.isOver], [1, 40, false]);
  });
});

it('puts the box on the way only when there is a delay', () => {
  const at = 'http://localhost:4321/live/x/talk-over/';
  assert.equal(talkAddress(at, 0, 3), `${at}talks/3/`);
  assert.equal(talkAddress(at, 100, 3), `${at}via/slow;delayMs=100/talks/3/`);
});
