import { parseHttpDate } from '#protocol/fields/http-date.ts';
import { deltaSeconds, parseCacheControl } from './cache-control.ts';
import type { StoredResponse } from './stored-response.ts';

/** How long a response is fresh, and the rule that says so. */
export type FreshnessLifetime = {
  readonly seconds: number;
  readonly reason:
    'S_MAXAGE' | 'MAX_AGE' | 'AGE_INVALID' | 'EXPIRES' | 'EXPIRES_INVALID' | 'HEURISTIC' | 'NONE';
  readonly section: string;
};

/** RFC 9110 §15.1: status codes that are cacheable by heuristic. */
export const HEURISTICALLY_CACHEABLE: ReadonlySet<number> = new Set([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501,
]);

/** RFC 9111 §4.2.2 calls a tenth of the time since the last change typical; browsers use it. */
const HEURISTIC_FRACTION = 0.1;

/** Tells how long a response is fresh from its generation on, and by which rule. RFC 9111 §4.2.1. */
export function freshnessLifetime(
  response: StoredResponse,
  { isShared = false }: { readonly isShared?: boolean } = {},
): FreshnessLifetime {
  const directives = parseCacheControl(response.fields['cache-control']);
  const sharedMaxAge = isShared ? deltaSeconds(directives, 's-maxage') : undefined;
  if (sharedMaxAge !== undefined) {
    return { seconds: sharedMaxAge, reason: 'S_MAXAGE', section: 'RFC 9111 §5.2.2.10' };
  }
  const isInvalid = isShared && directives.has('s-maxage');
  const maxAge = isInvalid ? undefined : deltaSeconds(directives, 'max-age');
  if (maxAge !== undefined) {
    return { seconds: maxAge, reason: 'MAX_AGE', section: 'RFC 9111 §5.2.2.1' };
  }
  // RFC 9111 §4.2.1: invalid freshness information is better taken for stale than left out.
  if (isInvalid || directives.has('max-age')) {
    return { seconds: 0, reason: 'AGE_INVALID', section: 'RFC 9111 §4.2.1' };
  }
  return expiresLifetime(response) ?? heuristicLifetime(response);
}

function expiresLifetime({
  fields,
  responseTimeMs,
}: StoredResponse): FreshnessLifetime | undefined {
  const expires = fields['expires'];
  if (expires === undefined) return undefined;
  const section = 'RFC 9111 §5.3';
  const expiresMs = dateMs(expires, responseTimeMs);
  // "0" and other things that are no date mean: already expired.
  if (expiresMs === undefined) return { seconds: 0, reason: 'EXPIRES_INVALID', section };
  const seconds = Math.max(
    0,
    (expiresMs - (dateMs(fields['date'], responseTimeMs) ?? responseTimeMs)) / 1000,
  );
  return { seconds, reason: 'EXPIRES', section };
}

function heuristicLifetime(response: StoredResponse): FreshnessLifetime {
  const { fields, statusCode, responseTimeMs } = response;
  const section = 'RFC 9111 §4.2.2';
  const lastModifiedMs = dateMs(fields['last-modified'], responseTimeMs);
  if (lastModifiedMs === undefined || !HEURISTICALLY_CACHEABLE.has(statusCode)) {
    return { seconds: 0, reason: 'NONE', section };
  }
  const unchangedMs = Math.max(
    0,
    (dateMs(fields['date'], responseTimeMs) ?? responseTimeMs) - lastModifiedMs,
  );
  return { seconds: (unchangedMs * HEURISTIC_FRACTION) / 1000, reason: 'HEURISTIC', section };
}

function dateMs(value: string | undefined, nowMs: number): number | undefined {
  return value === undefined ? undefined : parseHttpDate(value, nowMs)?.ms;
}
