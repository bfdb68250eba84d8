import { options, type VNode } from 'preact';

/** Whoever has to know when a value becomes another: a component, or what is computed from it. */
type Reader = { forceUpdate(): void };

/** Called before a component is drawn, after, and when it goes; the first is not in Preact's types. */
type Hooks = Partial<Record<'__r' | 'diffed' | 'unmount', (node: VNode) => void>>;

const drawing: Hooks = options;
/** A node's component, which is not in them either. */
const readerOf = (node: VNode) => (node as VNode & { __c?: Reader }).__c;

let reader: Reader | undefined;
/** Where a reader is entered, so that it can be struck out. */
const entries = new WeakMap<Reader, Set<Set<Reader>>>();

function forget(gone: Reader | undefined): void {
  if (gone === undefined) return;
  for (const readers of entries.get(gone) ?? []) readers.delete(gone);
  entries.delete(gone);
}

const { __r: before, diffed: after, unmount } = drawing;
drawing.__r = (node) => {
  reader = readerOf(node);
  // What it reads this time may be something else.
  forget(reader);
  before?.(node);
};
drawing.diffed = (node) => {
  reader = undefined;
  after?.(node);
};
drawing.unmount = (node) => {
  forget(readerOf(node));
  unmount?.(node);
};

/** A value that can be another later. */
export type Signal<T> = { value: T };

/**
 * Components that read it while they are drawn are drawn anew when it is another.
 *
 * This and `computed` are the little that a bench needs of `@preact/signals`: its 2.8 KB were more than a
 * twentieth of a lesson's page.
 */
export function signal<T>(value: T): Signal<T> {
  const readers = new Set<Reader>();
  return {
    get value() {
      if (reader !== undefined) {
        readers.add(reader);
        const known = entries.get(reader);
        if (known === undefined) entries.set(reader, new Set([readers]));
        else known.add(readers);
      }
      return value;
    },
    set value(other) {
      if (Object.is(value, other)) return;
      value = other;
      for (const each of [...readers]) each.forceUpdate();
    },
  };
}

/** A value made of others. Its readers hear of it only when it is another itself. */
export function computed<T>(compute: () => T): { readonly value: T } {
  const self: Reader = { forceUpdate: () => (result!.value = look()) };
  const look = () => {
    const outer = reader;
    forget(self);
    reader = self;
    const value = compute();
    reader = outer;
    return value;
  };
  let result: Signal<T> | undefined;
  return {
    get value() {
      result ??= signal(look());
      return result.value;
    },
  };
}
