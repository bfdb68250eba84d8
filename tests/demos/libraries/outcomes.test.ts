import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/libraries/demo.ts';
import { outcomeKey, outcomesOf, outcomeWords } from '#demos/libraries/outcomes.ts';
import { behind } from '#demos/libraries/paths.ts';

const outcome = (library: string, path: string, data: Row['data']): Row => ({
  number: 1,
  t: 1,
  kind: 'app',
  vantage: 'page',
  data: { name: 'outcome', library, path, ...data },
});

describe('what a library made of a path', () => {
  const polled = { connectedMs: 41, first: 'polling', last: 'polling', echoed: true };

  it('is the newest of each, in a few words', () => {
    const rows = [
      outcome('socket.io', 'none', polled),
      outcome('socket.io', 'none', { ...polled, last: 'websocket', connectedMs: 30 }),
      outcome('socket.io-all', 'none', { echoed: false, problem: 'timeout' }),
    ];
    const outcomes = outcomesOf(rows);
    assert.equal(outcomes.size, 2);
    const words = (library: string) => outcomeWords(outcomes.get(outcomeKey(library, 'none'))!);
    assert.equal(words('socket.io'), 'polling, then websocket, after 30 ms');
    assert.equal(words('socket.io-all'), 'no: timeout');
    assert.equal(outcomeWords({ ...polled, echoed: false }), 'polling, after 41 ms; no echo');
  });

  it('is behind the boxes of the path, outermost first', () => {
    const address = 'http://localhost/live/r/libraries/';
    assert.equal(behind(address, 'none'), address);
    assert.equal(behind(address, 'buffer+hang'), `${address}via/buffer/via/hang/`);
  });
});

describe('Where it does not help', () => {
  const met = (...rows: readonly Row[]) =>
    evaluate(demo.challenges[0]!, rows)
      .goals.filter((goal) => goal.met)
      .map(({ id }) => id);

  it('is solved by both settings behind the silent box', () => {
    const rows = [
      outcome('socket.io', 'accept-then-drop', { echoed: true }),
      outcome('socket.io-all', 'accept-then-drop', { echoed: false }),
    ];
    assert.deepEqual(met(...rows), ['helps', 'does-not']);
  });

  it('is not solved where the box refuses, nor by one setting twice', () => {
    assert.deepEqual(met(outcome('socket.io-all', 'refuse-upgrade', { echoed: false })), []);
    const once = outcome('socket.io', 'accept-then-drop', { echoed: true });
    assert.deepEqual(met(once, once), ['helps']);
  });
});
