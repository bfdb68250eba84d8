import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The visible stretch of something long, which follows its end until the reader scrolls away. */
export type ScrollWindow = {
  readonly ref: { current: HTMLDivElement | null };
  readonly from: number;
  readonly to: number;
  readonly isFollowing: boolean;
  readonly follow: () => void;
  readonly onScroll: () => void;
};

/** So near to the end counts as the end, in CSS pixels. */
const END_SLACK = 24;

/**
 * Keeps a scroller at its end while it grows.
 *
 * @param length height of all content in CSS pixels
 * @param isGrowing otherwise it begins at its beginning and stays where it is
 */
export function useScrollWindow(length: number, isGrowing = true): ScrollWindow {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ from: 0, to: 800, isFollowing: isGrowing });

  const look = (isFollowing: boolean) => {
    const scroller = ref.current;
    if (scroller === null) return;
    const from = Math.floor(scroller.scrollTop);
    const to = from + scroller.clientHeight;
    setView((now) =>
      now.from === from && now.to === to && now.isFollowing === isFollowing
        ? now
        : { from, to, isFollowing },
    );
  };
  const toEnd = () => {
    const scroller = ref.current;
    if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
    look(true);
  };
  useLayoutEffect(() => {
    if (view.isFollowing) toEnd();
  }, [length]);
  useEffect(() => {
    const scroller = ref.current;
    if (scroller === null) return undefined;
    const observer = new ResizeObserver(() => look(view.isFollowing));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, []);

  return {
    ref,
    ...view,
    follow: toEnd,
    onScroll: () => {
      const scroller = ref.current;
      if (scroller === null) return;
      const isAtEnd =
        scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < END_SLACK;
      look(isGrowing && isAtEnd);
    },
  };
}
