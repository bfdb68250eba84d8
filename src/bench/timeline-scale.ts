import { useState } from 'preact/hooks';

/** CSS pixels per millisecond; 0: rows stand one under the other, whatever lies between. */
const scales = [0, 0.1, 0.5, 2, 10, 50] as const;

export type Scale = {
  readonly pxPerMs: number;
  /** `undefined` at the end. */
  readonly wider: (() => void) | undefined;
  readonly narrower: (() => void) | undefined;
};

/** How far apart the timeline draws what is a millisecond apart, as the reader sets it. */
export function useScale(): Scale {
  const [at, setAt] = useState(0);
  return {
    pxPerMs: scales[at] ?? 0,
    wider: at < scales.length - 1 ? () => setAt(at + 1) : undefined,
    narrower: at > 0 ? () => setAt(at - 1) : undefined,
  };
}
