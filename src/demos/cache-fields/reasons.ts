import type { Expectation } from './expectation.ts';

/** The rule in a sentence for the reader. */
export const reasons: Readonly<Record<Expectation['why'], string>> = {
  explicit: 'The server said max-age.',
  heuristic: 'Nobody said so: the cache may take a tenth of the time since Last-Modified.',
  'no-cache': 'It is stored, and never used without asking first.',
  'no-store': 'It may not be stored.',
  'vary-anything': 'Vary: * matches no later request.',
  none: 'Nothing says how long, and there is nothing to guess from.',
};
