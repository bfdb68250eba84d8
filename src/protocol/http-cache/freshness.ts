import { deltaSeconds, parseCacheControl } from './cache-control.ts';

/** What a cache keeps of a response to decide on its reuse. RFC 9111 §3. */
export type StoredResponse = {
  readonly statusCode: number;
  /** Combined values by lower-case name. */
  readonly fields: Readonly<Record<string, string>>;
  /** When the request was sent that it answered, in milliseconds since 1970. */
  readonly requestTimeMs: number;
  /** When it was received, in milliseconds since 1970. */
  readonly responseTimeMs: number;
};

/** How long a response is fresh, and the rule that says so. */
export type FreshnessLifetime = {
  readonly seconds: number;
  readonly reason: 'S_MAXAGE' | 'MAX_AGE' | 'EXPIRES' | 'EXPIRES_INVALID' | 'HEURISTIC' | 'NONE';
  readonly section: string;
};

/** RFC 9110 §15.1: status codes that are cacheable by heuristic. */
const HEURISTICALLY_CACHEABLE = new Set([
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
  const maxAge = deltaSeconds(directives, 'max-age');
  if (maxAge !== undefined) {
    return { seconds: maxAge, reason: 'MAX_AGE', section: 'RFC 9111 §5.2.2.1' };
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
  const expiresMs = Date.parse(expires);
  // "0" and other things that are no date mean: already expired.
  if (/^-?\d+$/.test(expires) || Number.isNaN(expiresMs)) {
    return { seconds: 0, reason: 'EXPIRES_INVALID', section };
  }
  const seconds = Math.max(0, (expiresMs - (dateMs(fields['date']) ?? responseTimeMs)) / 1000);
  return { seconds, reason: 'EXPIRES', section };
}

function heuristicLifetime(response: StoredResponse): FreshnessLifetime {
  const { fields, statusCode, responseTimeMs } = response;
  const section = 'RFC 9111 §4.2.2';
  const lastModifiedMs = dateMs(fields['last-modified']);
  if (lastModifiedMs === undefined || !HEURISTICALLY_CACHEABLE.has(statusCode)) {
    return { seconds: 0, reason: 'NONE', section };
  }
  const unchangedMs = Math.max(0, (dateMs(fields['date']) ?? responseTimeMs) - lastModifiedMs);
  return { seconds: (unchangedMs * HEURISTIC_FRACTION) / 1000, reason: 'HEURISTIC', section };
}

/** The parts of an age, under RFC 9111's names. */
export type Age = {
  readonly apparentAge: number;
  readonly correctedAgeValue: number;
  readonly residentTime: number;
  /** All in seconds. */
  readonly currentAge: number;
};

/** Computes how long ago a response was generated or last validated. RFC 9111 §4.2.3. */
export function currentAge(response: StoredResponse, nowMs: number): Age {
  const { fields, requestTimeMs, responseTimeMs } = response;
  const date = dateMs(fields['date']) ?? responseTimeMs;
  const age = /^\d+$/.test(fields['age'] ?? '') ? Number(fields['age']) : 0;
  const apparentAge = Math.max(0, (responseTimeMs - date) / 1000);
  const correctedAgeValue = age + (responseTimeMs - requestTimeMs) / 1000;
  const residentTime = (nowMs - responseTimeMs) / 1000;
  return {
    apparentAge,
    correctedAgeValue,
    residentTime,
    currentAge: Math.max(apparentAge, correctedAgeValue) + residentTime,
  };
}

/** What a cache may do with a stored response, and the rule that says so. */
export type ReuseDecision = {
  readonly reuse: 'fresh' | 'validate' | 'never';
  readonly reason: 'NO_STORE' | 'VARIES_BY_ANYTHING' | 'NO_CACHE' | 'FRESH' | 'STALE';
  readonly section: string;
};

/**
 * Tells whether a stored response may answer without asking the origin. RFC 9111 §4.
 *
 * Not covered: request directives, and stale responses that may be served all the same (§4.2.4).
 */
export function decideReuse(
  response: StoredResponse,
  nowMs: number,
  options: { readonly isShared?: boolean } = {},
): ReuseDecision {
  const directives = parseCacheControl(response.fields['cache-control']);
  if (directives.has('no-store')) {
    return { reuse: 'never', reason: 'NO_STORE', section: 'RFC 9111 §5.2.2.5' };
  }
  if ((response.fields['vary'] ?? '').split(',').some((member) => member.trim() === '*')) {
    return { reuse: 'validate', reason: 'VARIES_BY_ANYTHING', section: 'RFC 9111 §4.1' };
  }
  // With an argument it concerns single fields only; without one, the response.
  if (directives.get('no-cache') === true) {
    return { reuse: 'validate', reason: 'NO_CACHE', section: 'RFC 9111 §5.2.2.4' };
  }
  const isFresh =
    freshnessLifetime(response, options).seconds > currentAge(response, nowMs).currentAge;
  return isFresh
    ? { reuse: 'fresh', reason: 'FRESH', section: 'RFC 9111 §4.2' }
    : { reuse: 'validate', reason: 'STALE', section: 'RFC 9111 §4.3' };
}

function dateMs(value: string | undefined): number | undefined {
  const parsed = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}
