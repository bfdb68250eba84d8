/** What a crowd asks for, and through how many cache nodes. */
export type Crowd = {
  readonly readers: number;
  /** Seconds between two requests of one reader. */
  readonly everySeconds: number;
  readonly nodes: number;
  /** s-maxage, in seconds. */
  readonly lifetimeSeconds: number;
  /** Changes of the score, per second. */
  readonly eventsPerSecond: number;
};

/**
 * Share of requests that one cache node answers by itself: λT/(1+λT).
 *
 * Requests come at random with rate λ. Each miss opens a lifetime T, in which λT more come on average;
 * so of 1 + λT requests, one goes to the origin.
 */
export function hitRatio(requestsPerSecond: number, lifetimeSeconds: number): number {
  const inOneLifetime = requestsPerSecond * lifetimeSeconds;
  return inOneLifetime / (1 + inOneLifetime);
}

/** Whatever the crowd, each of E nodes asks at most once in a lifetime T: E/T. */
export function mostOriginRequests({ nodes, lifetimeSeconds }: Crowd): number {
  return nodes / lifetimeSeconds;
}

/** Messages per second that leave the origin: responses, events or frames. */
export function originMessages(way: string, crowd: Crowd): number {
  const { readers, everySeconds, nodes, lifetimeSeconds, eventsPerSecond } = crowd;
  const asked = readers / everySeconds;
  switch (way) {
    case 'direct':
      return asked;
    case 'shared-cache': {
      const perNode = asked / nodes;
      return nodes * perNode * (1 - hitRatio(perNode, lifetimeSeconds));
    }
    case 'long-poll':
      return Math.min(nodes, readers) * eventsPerSecond;
    default:
      return readers * eventsPerSecond;
  }
}

/** Messages per second that reach readers, wherever they come from. */
export function readerMessages(way: string, crowd: Crowd): number {
  const isAsked = way === 'direct' || way === 'shared-cache';
  return crowd.readers * (isAsked ? 1 / crowd.everySeconds : crowd.eventsPerSecond);
}
