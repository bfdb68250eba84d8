import { parseCacheControl } from '#protocol/http-cache/cache-control.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';

/** What a response's own fields let a browser's cache do with it. RFC 9111 §4.2. */
export type Expectation = {
  readonly why: 'explicit' | 'heuristic' | 'no-cache' | 'no-store' | 'vary-anything' | 'none';
  /** Freshness lifetime; 0: it has to ask every time. */
  readonly lifetimeSeconds: number;
};

/** Says how long a response that has just come stays fresh in a browser's cache, and why. */
export function expectation(headers: Headers, nowMs = Date.now()): Expectation {
  const fields = Object.fromEntries(headers);
  const directives = parseCacheControl(fields['cache-control']);
  if (directives.has('no-store')) return { why: 'no-store', lifetimeSeconds: 0 };
  if (fields['vary'] === '*') return { why: 'vary-anything', lifetimeSeconds: 0 };
  if (directives.has('no-cache')) return { why: 'no-cache', lifetimeSeconds: 0 };
  const { seconds, reason } = freshnessLifetime({
    statusCode: 200,
    fields,
    requestTimeMs: nowMs,
    responseTimeMs: nowMs,
  });
  const lifetimeSeconds = Math.floor(seconds);
  if (reason === 'HEURISTIC' || reason === 'NONE') {
    return { why: lifetimeSeconds > 0 ? 'heuristic' : 'none', lifetimeSeconds };
  }
  return { why: 'explicit', lifetimeSeconds };
}
