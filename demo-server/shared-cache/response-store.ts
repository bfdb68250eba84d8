import { matches, sizeOf, type Fields, type StoredEntry } from './stored-entry.ts';

/** What a partition belongs to: a run. When it ends, its responses go. */
export type Owner = { readonly ended: AbortSignal };

/** How much is kept; see SECURITY.md. */
export type StoreLimits = {
  /** Of one owner. */
  readonly entries: number;
  readonly octets: number;
  /** Of all owners together. */
  readonly octetsInAll: number;
};

const LIMITS: StoreLimits = {
  entries: 1000,
  octets: 16 * 1024 * 1024,
  octetsInAll: 64 * 1024 * 1024,
};

type Partition = {
  /** Stored responses by key; the key that was used longest ago comes first. */
  readonly keys: Map<string, StoredEntry[]>;
  entries: number;
  octets: number;
};

/**
 * Holds responses: a partition for each owner, in it all variants of each key.
 *
 * At a limit it lets go of what was used longest ago.
 */
export class ResponseStore {
  readonly #limits: StoreLimits;
  /** The one that was written to longest ago comes first. */
  readonly #partitions = new Map<Owner, Partition>();

  constructor(limits: StoreLimits = LIMITS) {
    this.#limits = limits;
  }

  /** All stored responses of a target, whatever `Vary` says; reading them counts as a use. */
  variants(owner: Owner, key: string): readonly StoredEntry[] {
    const keys = this.#partitions.get(owner)?.keys;
    const entries = keys?.get(key);
    if (keys === undefined || entries === undefined) return [];
    keys.delete(key);
    keys.set(key, entries);
    return entries;
  }

  /**
   * Stores a response in place of those that would answer the same request.
   *
   * @returns keys of the responses that had to go for it.
   */
  put(owner: Owner, key: string, entry: StoredEntry, requestFields: Fields): readonly string[] {
    if (owner.ended.aborted || sizeOf(entry) > this.#limits.octets) return [];
    this.remove(owner, key, (one) => isReplaced(one, requestFields));
    const partition = this.#partitionOf(owner);
    partition.keys.set(key, [...this.variants(owner, key), entry]);
    partition.entries += 1;
    partition.octets += sizeOf(entry);
    return this.#evict(owner, partition);
  }

  /** @returns how many were removed. */
  remove(owner: Owner, key: string, goes: (entry: StoredEntry) => boolean = () => true): number {
    const partition = this.#partitions.get(owner);
    const entries = partition?.keys.get(key);
    if (partition === undefined || entries === undefined) return 0;
    const gone = entries.filter(goes);
    const kept = entries.filter((entry) => !gone.includes(entry));
    if (kept.length === 0) partition.keys.delete(key);
    else partition.keys.set(key, kept);
    partition.entries -= gone.length;
    partition.octets -= gone.reduce((sum, entry) => sum + sizeOf(entry), 0);
    return gone.length;
  }

  /** What is held for an owner, for tests and for whoever wants to show it. */
  held(owner: Owner): { readonly entries: number; readonly octets: number } {
    const { entries, octets } = this.#partitions.get(owner) ?? { entries: 0, octets: 0 };
    return { entries, octets };
  }

  #partitionOf(owner: Owner): Partition {
    const known = this.#partitions.get(owner);
    const partition = known ?? { keys: new Map<string, StoredEntry[]>(), entries: 0, octets: 0 };
    if (known === undefined) {
      owner.ended.addEventListener('abort', () => this.#partitions.delete(owner), { once: true });
    }
    this.#partitions.delete(owner);
    this.#partitions.set(owner, partition);
    return partition;
  }

  #evict(owner: Owner, partition: Partition): string[] {
    const evicted: string[] = [];
    const { entries, octets, octetsInAll } = this.#limits;
    while (partition.entries > entries || partition.octets > octets) {
      evicted.push(this.#dropOldest(owner, partition));
    }
    let inAll = [...this.#partitions.values()].reduce((sum, one) => sum + one.octets, 0);
    for (const [other, one] of this.#partitions) {
      while (inAll > octetsInAll && one.entries > 0) {
        inAll -= one.octets;
        this.#dropOldest(other, one);
        inAll += one.octets;
      }
    }
    return evicted;
  }

  #dropOldest(owner: Owner, { keys }: Partition): string {
    const [[key, [oldest]] = ['', []]] = keys;
    this.remove(owner, key, (entry) => entry === oldest);
    return key;
  }
}

/** What `Vary: *` chose can be chosen for nothing else, so a newer one takes its place. */
function isReplaced(entry: StoredEntry, requestFields: Fields): boolean {
  return entry.fields['vary']?.includes('*') === true || matches(entry, requestFields);
}
