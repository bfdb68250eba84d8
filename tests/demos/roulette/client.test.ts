import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { beginRound } from '#demos/roulette/client.ts';

/** Those that were opened and not closed. */
const open = new Set<object>();
const begun = Promise.withResolvers<{ readonly ok: true }>();

Object.assign(globalThis, {
  WebSocket: class {
    readonly readyState = 1;
    constructor() {
      open.add(this);
    }
    close() {
      open.delete(this);
    }
  },
  fetch: () => begun.promise,
});

describe('a round that is stopped', () => {
  const rows: string[] = [];
  const begin = (signal: AbortSignal) =>
    beginRound(
      'http://localhost/live/run/roulette/',
      { clients: 12, rule: 'round-robin' },
      () => true,
      (name) => rows.push(name),
      signal,
    );
  beforeEach(() => {
    rows.length = 0;
  });

  it('opens no WebSocket when its servers have not been begun yet', async () => {
    const stop = new AbortController();
    const round = begin(stop.signal);
    stop.abort();
    begun.resolve({ ok: true });
    await assert.rejects(round, { name: 'AbortError' });
    assert.deepEqual([open.size, rows], [0, []]);
  });

  it('leaves no WebSocket open', async () => {
    const stop = new AbortController();
    await begin(stop.signal);
    assert.deepEqual([open.size, rows], [12, ['round']]);
    stop.abort();
    assert.equal(open.size, 0);
  });
});
