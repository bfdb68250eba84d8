/** Browsers lay out no higher elements exactly; what is longer is mapped to that height. */
export const MAX_EXTENT = 8_000_000;

/** So near to either end a pixel stands for a pixel, with room for what is drawn out of sight. */
export const EXACT_END = 2000;

/** The height that stands for a length, both in CSS pixels. */
export const extentOf = (length: number): number => Math.min(length, MAX_EXTENT);

/** A place in something long, and the position of the scroller that shows it. */
export type ScrollPlace = {
  /** Top of what is visible, in the whole length. */
  readonly from: number;
  readonly scrollTop: number;
};

/**
 * Finds what is visible at a new position of the scroller.
 *
 * Where a length is mapped, a short way is gone pixel by pixel, as a wheel or a finger means it, and
 * a long one, as the bar is drawn, by proportion. Before an end comes into sight, pixels and places
 * are brought together again: the scroller may have to stand elsewhere than it does.
 *
 * @param height of what is visible
 */
export function scrolledTo(
  scrollTop: number,
  length: number,
  height: number,
  before: ScrollPlace,
): ScrollPlace {
  if (length <= MAX_EXTENT) return { from: scrollTop, scrollTop };
  const moved = scrollTop - before.scrollTop;
  if (Math.abs(moved) > 2 * height) {
    const from = interpolated(scrollTop, MAX_EXTENT - height, length - height);
    return { from, scrollTop };
  }
  const from = Math.max(0, Math.min(length - height, before.from + moved));
  const toEnd = MAX_EXTENT - height - scrollTop;
  const fromEnd = length - height - from;
  const isApart =
    (Math.min(scrollTop, from) < EXACT_END && scrollTop !== from) ||
    (Math.min(toEnd, fromEnd) < EXACT_END && toEnd !== fromEnd);
  return isApart ? placeAt(from, length, height) : { from, scrollTop };
}

/** The position that shows a place of the whole length at the top. */
export function placeAt(from: number, length: number, height: number): ScrollPlace {
  const lastFrom = Math.max(0, length - height);
  const place = Math.max(0, Math.min(lastFrom, from));
  if (length <= MAX_EXTENT) return { from: place, scrollTop: place };
  return {
    from: place,
    scrollTop: Math.round(interpolated(place, lastFrom, MAX_EXTENT - height)),
  };
}

/** From one range to another, both from 0 on: near the ends one to one, between them by proportion. */
function interpolated(at: number, last: number, otherLast: number): number {
  if (at <= EXACT_END) return at;
  if (last - at <= EXACT_END) return otherLast - (last - at);
  const share = (at - EXACT_END) / (last - 2 * EXACT_END);
  return EXACT_END + share * (otherLast - 2 * EXACT_END);
}
