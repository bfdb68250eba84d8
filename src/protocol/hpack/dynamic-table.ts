import type { HeaderField } from './static-table.ts';

/** RFC 7541 §4.1: what an entry counts for beside its octets. */
const ENTRY_OVERHEAD = 32;

/** What one direction's fields have added, the newest first. RFC 7541 §2.3.2. */
export class DynamicTable {
  readonly #entries: HeaderField[] = [];
  #maxSize: number;
  #size = 0;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** As RFC 7541 §4.1 counts it: octets, and 32 for each entry. */
  get size(): number {
    return this.#size;
  }

  get length(): number {
    return this.#entries.length;
  }

  /** @param index from 0, the newest */
  entry(index: number): HeaderField | undefined {
    return this.#entries[index];
  }

  /** RFC 7541 §4.4: a field larger than the table empties it, and is not an error. */
  add(field: HeaderField): void {
    const size = sizeOf(field);
    this.#evict(this.#maxSize - size);
    if (size > this.#maxSize) return;
    this.#entries.unshift(field);
    this.#size += size;
  }

  /** RFC 7541 §4.3. */
  resize(maxSize: number): void {
    this.#maxSize = maxSize;
    this.#evict(maxSize);
  }

  #evict(size: number): void {
    while (this.#size > Math.max(0, size)) {
      const oldest = this.#entries.pop();
      if (oldest === undefined) return;
      this.#size -= sizeOf(oldest);
    }
  }
}

/** What a field counts for; names and values hold one code unit per octet here. RFC 7541 §4.1. */
export function sizeOf({ name, value }: HeaderField): number {
  return name.length + value.length + ENTRY_OVERHEAD;
}
