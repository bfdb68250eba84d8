import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { extentOf, MAX_EXTENT, placeAt, scrolledTo, type ScrollPlace } from './scroll-map.ts';

/** The visible stretch of something long, which follows its end until the reader scrolls away. */
export type ScrollWindow = {
  readonly ref: { current: HTMLDivElement | null };
  /** In the whole length. */
  readonly from: number;
  readonly to: number;
  /** What to add to a place in the whole length for its place in the document. */
  readonly shift: number;
  /** Height of the element that is scrolled, in CSS pixels. */
  readonly extent: number;
  readonly isFollowing: boolean;
  readonly follow: () => void;
  /** Scrolls as little as brings a stretch into sight; so much at the top is covered. */
  readonly reveal: (top: number, height: number, covered?: number) => void;
  readonly onScroll: () => void;
};

/** So near to the end counts as the end, in CSS pixels. */
const END_SLACK = 24;

/**
 * Keeps a scroller at its end while it grows.
 *
 * @param length height of all content in CSS pixels, of any size
 * @param isGrowing otherwise it begins at its beginning and stays where it is
 */
export function useScrollWindow(length: number, isGrowing = true): ScrollWindow {
  const ref = useRef<HTMLDivElement>(null);
  const place = useRef<ScrollPlace>({ from: 0, scrollTop: 0 });
  /** Of what is visible: asking for it after each change would lay out the page each time. */
  const height = useRef(800);
  const isFollowing = useRef(isGrowing);
  const drawn = useRef('');
  const [, setLooks] = useState(0);

  if (isFollowing.current) place.current = placeAt(length, length, height.current);
  const view = viewOf(place.current, height.current, isFollowing.current);
  drawn.current = JSON.stringify(view);

  const look = () => {
    const now = viewOf(place.current, height.current, isFollowing.current);
    if (JSON.stringify(now) !== drawn.current) setLooks((count) => count + 1);
  };
  const moveTo = (from: number) => {
    place.current = placeAt(from, length, height.current);
    if (ref.current !== null) ref.current.scrollTop = place.current.scrollTop;
    look();
  };
  const measure = () => {
    height.current = ref.current?.clientHeight ?? height.current;
    if (isFollowing.current) moveTo(length);
    else look();
  };
  useLayoutEffect(() => {
    const { from, scrollTop } = place.current;
    const lastFrom = Math.max(0, length - height.current);
    if (isFollowing.current) moveTo(length);
    // It became shorter, by a filter: what was in sight may be no place any more.
    else if (from > lastFrom || (length <= MAX_EXTENT && from !== scrollTop)) moveTo(from);
  }, [length]);
  const resized = useRef(measure);
  resized.current = measure;
  useLayoutEffect(() => {
    const scroller = ref.current;
    if (scroller === null) return undefined;
    resized.current();
    const observer = new ResizeObserver(() => resized.current());
    observer.observe(scroller);
    return () => observer.disconnect();
  }, []);

  return {
    ref,
    ...view,
    extent: extentOf(length),
    follow: () => {
      isFollowing.current = isGrowing;
      moveTo(length);
    },
    reveal: (top, stretch, covered = 0) => {
      const { from } = place.current;
      const bottom = top + stretch - height.current + covered;
      if (top < from) moveTo(top);
      else if (bottom > from) moveTo(bottom);
    },
    onScroll: () => {
      const scroller = ref.current;
      if (scroller === null) return;
      const { scrollTop } = scroller;
      // Set here, and not by the reader's hand.
      const isOurs = Math.abs(scrollTop - place.current.scrollTop) < 1;
      if (!isOurs) {
        place.current = scrolledTo(scrollTop, length, height.current, place.current);
        if (place.current.scrollTop !== scrollTop) scroller.scrollTop = place.current.scrollTop;
      }
      const isAtEnd = length - place.current.from - height.current < END_SLACK;
      if (!isOurs || !isAtEnd) isFollowing.current = isGrowing && isAtEnd;
      look();
    },
  };
}

function viewOf(place: ScrollPlace, height: number, isFollowing: boolean) {
  const from = Math.floor(place.from);
  return { from, to: from + height, shift: Math.floor(place.scrollTop) - from, isFollowing };
}
