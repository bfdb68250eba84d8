import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useMailbox } from '#demos/mailbox/use-mailbox.ts';
import { runHook } from '#tests/support/run-hook.ts';

type Bench = Parameters<typeof useMailbox>[0];

/** What listens for letters, by how it does. */
const listening = new Map<Listener, string>();

class Listener {
  readonly readyState = 1;
  onmessage: ((event: { data: string }) => void) | undefined;
  constructor() {
    listening.set(this, new.target.name);
    began.resolve();
  }
  close() {
    listening.delete(this);
  }
}
class OverWebSocket extends Listener {}
class OverEvents extends Listener {}

const opened = Promise.withResolvers<{ readonly ok: true }>();
const began = Promise.withResolvers<void>();
Object.assign(globalThis, {
  EventSource: OverEvents,
  WebSocket: OverWebSocket,
  fetch: () => opened.promise,
});

describe('another way, chosen while the mailbox is being opened', () => {
  it('is the only one that listens, and counts each letter once', async () => {
    const letters: unknown[] = [];
    const saw = (name: string, data: unknown) => void (name === 'letter' && letters.push(data));
    const bench = (way: string) =>
      ({ address: 'http://localhost/', values: { way, seed: 1 }, saw }) as unknown as Bench;
    const panel = runHook(useMailbox, bench('events'));
    panel.result.start();
    panel.draw(bench('socket'));
    opened.resolve({ ok: true });
    await began.promise;
    // What has been opened for the way before would be there by now, as it was asked for first.
    for (const { onmessage } of [...listening.keys()]) {
      onmessage?.({ data: '{"number":1,"at":5}' });
    }
    assert.deepEqual([...listening.values()], ['OverWebSocket']);
    assert.equal(letters.length, 1);
    panel.leave();
  });
});
