import type { Flights } from './flights.ts';
import type { ResponseStore } from './response-store.ts';
import type { SecondOpinion } from './second-opinion.ts';

/** What all requests of a cache share. */
export type CacheParts = {
  readonly now: () => number;
  readonly store: ResponseStore;
  readonly flights: Flights;
  readonly secondOpinion: SecondOpinion;
};
