import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Row } from '#capture/row.ts';
import { useProbe, type Bench } from '#demos/boxes/use-probe.ts';
import { whatHappened } from '#demos/boxes/what-happened.ts';
import { runHook } from '#tests/support/run-hook.ts';

const opened = Promise.withResolvers<FeedSocket>();

class FeedSocket {
  readyState = 1;
  onmessage: ((event: { readonly data: string }) => void) | undefined;
  constructor() {
    opened.resolve(this);
  }
  close() {
    this.readyState = 3;
  }
}

Object.assign(globalThis, {
  WebSocket: FeedSocket,
  // The feed begins, and its last update is not yet published.
  fetch: (url: URL, { signal }: { readonly signal: AbortSignal }) =>
    url.pathname.endsWith('published')
      ? new Promise((_, reject) => signal.addEventListener('abort', reject))
      : Promise.resolve({ ok: true, json: () => Promise.resolve({}) }),
});

describe('a probe that is stopped', () => {
  it('is at rest at once, and is not one that is over', async (test) => {
    // No time passes: what waits for any never ends.
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const rows: Row[] = [];
    const saw: Bench['saw'] = (name, data) => {
      const number = rows.length + 1;
      rows.push({ number, t: number, kind: 'app', vantage: 'page', data: { name, ...data } });
    };
    const panel = runHook(useProbe, {
      address: 'http://localhost/live/run/boxes/',
      values: { box: 'none', behind: 'none', transport: 'WebSocket' },
      saw,
    } as unknown as Bench);
    panel.result.start();
    const socket = await opened.promise;
    for (const number of [1, 2, 3]) {
      socket.onmessage?.({ data: JSON.stringify({ number, at: Date.now() }) });
    }
    panel.result.stop();
    await turn();
    assert.equal(panel.result.isRunning, false);
    assert.equal(
      rows.find(({ data }) => data['name'] === 'done'),
      undefined,
    );
    const happened = whatHappened(rows);
    assert.equal(happened?.updates.size, 3);
    assert.deepEqual([happened.isOver, happened.isStopped], [false, true]);
  });
});
