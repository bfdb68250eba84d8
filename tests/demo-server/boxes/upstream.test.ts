import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import net from 'node:net';
import { describe, it } from 'node:test';

import { Upstream } from '#demo-server/boxes/upstream.ts';

describe('a box’s own connection', () => {
  it('ends with its run, and is forgotten by it once it has ended', () => {
    const run = new AbortController();
    const nextHop = { connect: () => new net.Socket() };
    const open = () => new Upstream(nextHop, { sender: 'BOX', hop: 1 }, run.signal);
    const listening = () => getEventListeners(run.signal, 'abort').length;
    open();
    const other = open();
    assert.equal(listening(), 2);
    other.destroy();
    assert.equal(listening(), 1);
    run.abort();
    assert.equal(listening(), 0);
  });
});
