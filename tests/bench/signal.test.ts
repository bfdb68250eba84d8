import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { h, render, type ContainerNode } from 'preact';
import { useState } from 'preact/hooks';
import { computed, signal } from '#bench/signal.ts';

// Preact compares the place with it; components that draw nothing need no more of a document.
Object.assign(globalThis, { document: {} });
const place = () => ({ childNodes: [] }) as unknown as ContainerNode;

/** Preact draws anew in a task of its own. */
const drawn = () => new Promise((resolve) => setImmediate(resolve));

describe('a signal', () => {
  let seen: unknown[] = [];
  beforeEach(() => (seen = []));
  const draw = (look: () => unknown, at = place()) => {
    const Component = () => {
      seen.push(look());
      return null;
    };
    render(h(Component, null), at);
    return at;
  };

  it('draws those anew that have read it, once for all that changed', async () => {
    const [one, other, unread] = [signal(1), signal('a'), signal(true)];
    draw(() => [one.value, other.value]);
    draw(() => 'idle');
    unread.value = false;
    one.value = 2;
    other.value = 'b';
    await drawn();
    assert.deepEqual(seen, [[1, 'a'], 'idle', [2, 'b']]);
  });

  it('draws nobody for the same value', async () => {
    const one = signal(1);
    draw(() => one.value);
    one.value = 1;
    await drawn();
    assert.deepEqual(seen, [1]);
  });

  it('forgets who did not read it the last time', async () => {
    const [isOpen, inner] = [signal(true), signal(1)];
    draw(() => (isOpen.value ? inner.value : 'shut'));
    isOpen.value = false;
    await drawn();
    inner.value = 2;
    await drawn();
    assert.deepEqual(seen, [1, 'shut']);
  });

  it('forgets who is gone', async () => {
    const one = signal(1);
    const at = draw(() => one.value);
    render(null, at);
    one.value = 2;
    await drawn();
    assert.deepEqual(seen, [1]);
  });

  it('is read outside of a drawing without a trace', async () => {
    const one = signal(1);
    draw(() => 'idle');
    assert.equal(one.value, 1);
    one.value = 2;
    await drawn();
    assert.deepEqual(seen, ['idle']);
  });

  it('draws anew though the component’s own state has stayed', async () => {
    const one = signal(1);
    let set: (state: number) => void = () => undefined;
    draw(() => {
      const [state, setState] = useState(0);
      set = setState;
      return [one.value, state];
    });
    set(1);
    set(0);
    one.value = 2;
    await drawn();
    assert.deepEqual(seen, [
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('a computed value', () => {
  it('is told only when it is another', async () => {
    const seen: number[] = [];
    const count = signal(1);
    const half = computed(() => Math.floor(count.value / 2));
    const Component = () => {
      seen.push(half.value);
      return null;
    };
    render(h(Component, null), place());
    for (const value of [2, 3, 4]) {
      count.value = value;
      await drawn();
    }
    assert.deepEqual(seen, [0, 1, 2]);
  });

  it('is computed when it is first asked for, and is up to date at once', () => {
    const source = signal(1);
    const later = { value: 10 };
    const sum = computed(() => source.value + later.value);
    later.value = 20;
    assert.equal(sum.value, 21);
    source.value = 2;
    assert.equal(sum.value, 22);
  });
});
