import { useEffect, useRef, useState } from 'preact/hooks';

/** In milliseconds. */
const EVERY_MS = 250;

/**
 * Follows a count that grows with every event, four times a second.
 *
 * What is drawn at each event takes the time in which the next one is waiting to be measured.
 */
export function useCalm(count: number): number {
  const [calm, setCalm] = useState(count);
  const latest = useRef(count);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  latest.current = count;
  useEffect(() => {
    if (timer.current !== undefined || calm === count) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setCalm(latest.current);
    }, EVERY_MS);
  }, [calm, count]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return calm;
}
