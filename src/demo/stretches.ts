/** Something that a page did in a run: times in milliseconds, as far as the page knows the run's. */
export type Deed = { readonly from: number; readonly until: number };

/**
 * How far the page's clock may be ahead of the run's, in milliseconds. It may be behind by more, on
 * a slow machine: by what the quickest message from the server took.
 */
const AHEAD_MS = 8;

/**
 * The part of a run whose rows belong to one of a page's deeds, which it does one after the other.
 * A row can look late by as much as the page's clock is behind, so each deed has half of the time
 * until the next.
 */
export function stretchOf(deeds: readonly Deed[], index: number): Deed {
  return { from: borderBefore(deeds, index), until: borderBefore(deeds, index + 1) };
}

function borderBefore(deeds: readonly Deed[], index: number): number {
  const deed = deeds[index];
  if (deed === undefined) return Infinity;
  const before = deeds[index - 1];
  return before === undefined ? deed.from - AHEAD_MS : (before.until + deed.from) / 2;
}
