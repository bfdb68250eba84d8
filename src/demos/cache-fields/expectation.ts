/** What a response's own fields let a browser's cache do with it. RFC 9111 §4.2. */
export type Expectation = {
  readonly why: 'explicit' | 'heuristic' | 'no-cache' | 'no-store' | 'vary-anything' | 'none';
  /** Freshness lifetime; 0: it has to ask every time. */
  readonly lifetimeSeconds: number;
};

/** Says how long a response stays fresh, and why. */
export function expectation(headers: Headers): Expectation {
  const directives = headers.get('cache-control')?.toLowerCase() ?? '';
  const maxAge = /\bmax-age=(\d+)/.exec(directives)?.[1];
  const lastModified = Date.parse(headers.get('last-modified') ?? '');
  const date = Date.parse(headers.get('date') ?? '');
  if (directives.includes('no-store')) return { why: 'no-store', lifetimeSeconds: 0 };
  if (headers.get('vary') === '*') return { why: 'vary-anything', lifetimeSeconds: 0 };
  if (directives.includes('no-cache')) return { why: 'no-cache', lifetimeSeconds: 0 };
  if (maxAge !== undefined) return { why: 'explicit', lifetimeSeconds: Number(maxAge) };
  // A tenth of the time since it last changed is the usual guess. RFC 9111 §4.2.2.
  const guess = Math.floor((date - lastModified) / 10_000);
  return guess > 0
    ? { why: 'heuristic', lifetimeSeconds: guess }
    : { why: 'none', lifetimeSeconds: 0 };
}

/** The rule in a sentence for the reader. */
export const reasons: Readonly<Record<Expectation['why'], string>> = {
  explicit: 'The server said max-age.',
  heuristic: 'Nobody said so: the cache may take a tenth of the time since Last-Modified.',
  'no-cache': 'It is stored, and never used without asking first.',
  'no-store': 'It may not be stored.',
  'vary-anything': 'Vary: * matches no later request.',
  none: 'Nothing says how long, and there is nothing to guess from.',
};
