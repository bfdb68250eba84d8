import { setTimeout as wait } from 'node:timers/promises';

/** What is wanted of a resource, whoever carried the wish here. */
export type Wish = {
  readonly do: 'get' | 'put' | 'delete';
  readonly name: string;
  readonly value?: string;
  /** Whether it may be, by the version that is there; undefined: there is none. */
  readonly isMeantFor?: (version: string | undefined) => boolean;
  /** Which representation of it is preferred. */
  readonly type?: string;
};

/** What became of a wish. */
export type Outcome = {
  readonly status: 'done' | 'missing' | 'changed' | 'too-long' | 'full';
  readonly value?: string;
  readonly type?: string;
  readonly version?: string;
  /** How long the value may be used again without asking. */
  readonly freshSeconds?: number;
  /** The most that would not have been too long. */
  readonly limit?: number;
};

type Item = { value: string; version: number };

export const MAX_VALUE = 40;
const MAX_ITEMS = 8;
const REPORT_MS = 60;
const FRESH_SECONDS = 60;
const CSV = 'text/csv';
const PRICES: readonly (readonly [name: string, price: number])[] = [
  ['tea', 3],
  ['milk', 1],
];

/** A few named resources that can be read, replaced and deleted. It knows of no protocol. */
export class Shelf {
  readonly #items = new Map<string, Item>([
    ['tea', { value: 'Assam', version: 1 }],
    ['list', { value: 'Tea', version: 1 }],
    ['report', { value: 'Report: all is well.', version: 1 }],
    ['prices', { value: '', version: 1 }],
  ]);

  async carryOut(wish: Wish, ended: AbortSignal): Promise<Outcome> {
    if (wish.name === 'report') await wait(REPORT_MS, undefined, { signal: ended });
    const item = this.#items.get(wish.name);
    if (wish.do === 'put') return this.#put(wish, item);
    if (!isMeantFor(wish, item)) return changed(item);
    if (item === undefined) return { status: 'missing' };
    if (wish.do === 'delete') {
      this.#items.delete(wish.name);
      return { status: 'done' };
    }
    return { status: 'done', version: versionOf(item), ...representationOf(wish, item) };
  }

  #put(wish: Wish, item: Item | undefined): Outcome {
    const { name, value = '' } = wish;
    if (value.length > MAX_VALUE) return { status: 'too-long', limit: MAX_VALUE };
    if (!isMeantFor(wish, item)) return changed(item);
    if (item === undefined && this.#items.size >= MAX_ITEMS) return { status: 'full' };
    const stored = { value, version: (item?.version ?? 0) + 1 };
    this.#items.set(name, stored);
    return { status: 'done', version: versionOf(stored) };
  }
}

const versionOf = ({ version }: Item): string => `v${String(version)}`;

const isMeantFor = (wish: Wish, item: Item | undefined): boolean =>
  wish.isMeantFor?.(item && versionOf(item)) ?? true;

const changed = (item: Item | undefined): Outcome => ({
  status: 'changed',
  ...(item && { version: versionOf(item) }),
});

function representationOf({ name, type }: Wish, { value }: Item) {
  if (name === 'prices') {
    return type === CSV
      ? { type: CSV, value: PRICES.map((row) => row.join(',')).join('\n') }
      : { type: 'application/json', value: JSON.stringify(Object.fromEntries(PRICES)) };
  }
  return { type: 'text/plain', value, ...(name === 'tea' && { freshSeconds: FRESH_SECONDS }) };
}
