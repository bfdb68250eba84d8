import { parseVary, varyMismatch } from '#protocol/fields/vary.ts';
import {
  deltaSeconds,
  fieldNamesOf,
  parseCacheControl,
  type CacheControl,
} from './cache-control.ts';
import { currentAge } from './current-age.ts';
import { freshnessLifetime } from './freshness-lifetime.ts';
import type { StoredResponse } from './stored-response.ts';

/** Rule by which a stored response is reused or not → its section. */
const Reasons = {
  NO_STORE: 'RFC 9111 §5.2.2.5',
  VARIES_BY_ANYTHING: 'RFC 9111 §4.1',
  VARY_DIFFERS: 'RFC 9111 §4.1',
  NO_CACHE: 'RFC 9111 §5.2.2.4',
  REQUEST_NO_CACHE: 'RFC 9111 §5.2.1.4',
  REQUEST_PRAGMA: 'RFC 9111 §5.4',
  REQUEST_MAX_AGE: 'RFC 9111 §5.2.1.1',
  REQUEST_MIN_FRESH: 'RFC 9111 §5.2.1.3',
  FRESH: 'RFC 9111 §4.2',
  MUST_REVALIDATE: 'RFC 9111 §5.2.2.2',
  PROXY_REVALIDATE: 'RFC 9111 §5.2.2.8',
  S_MAXAGE_REVALIDATE: 'RFC 9111 §5.2.2.10',
  REQUEST_MAX_STALE: 'RFC 9111 §5.2.1.2',
  STALE_WHILE_REVALIDATE: 'RFC 5861 §3',
  STALE_IF_ERROR: 'RFC 5861 §4',
  STALE: 'RFC 9111 §4.3',
  ONLY_IF_CACHED: 'RFC 9111 §5.2.1.7',
} as const;

/** What a cache may do with a stored response, and the rule that says so. */
export type ReuseDecision = {
  /**
   * `fresh` and `stale`: it may answer. `validate`: only after the origin was asked. `never`: it has
   * to be left alone, after ONLY_IF_CACHED with a 504.
   */
  readonly reuse: 'fresh' | 'stale' | 'validate' | 'never';
  readonly reason: keyof typeof Reasons;
  readonly section: string;
};

/** Whose cache it is, and what is asked of it. */
export type ReuseOptions = {
  readonly isShared?: boolean;
  /** Fields of the request to be answered, by lower-case name. */
  readonly requestFields?: Readonly<Record<string, string>>;
  /** The origin was asked, and failed with 500, 502, 503, 504 or not at all. RFC 5861 §4. */
  readonly originFailed?: boolean;
};

type Case = {
  readonly directives: CacheControl;
  readonly wanted: CacheControl;
  readonly age: number;
  readonly lifetime: number;
  readonly isShared: boolean;
  readonly originFailed: boolean;
};

/** Tells whether a stored response may answer without asking the origin. RFC 9111 §4. */
export function decideReuse(
  response: StoredResponse,
  nowMs: number,
  options: ReuseOptions = {},
): ReuseDecision {
  const { isShared = false, requestFields = {}, originFailed = false } = options;
  const directives = parseCacheControl(response.fields['cache-control']);
  const wanted = parseCacheControl(requestFields['cache-control']);
  const decision =
    unconditionally(response, directives, requestFields, wanted) ??
    byAge({
      directives,
      wanted,
      age: currentAge(response, nowMs).currentAge,
      lifetime: freshnessLifetime(response, { isShared }).seconds,
      isShared,
      originFailed,
    });
  const asksOrigin = decision.reuse === 'validate';
  return asksOrigin && wanted.has('only-if-cached') ? decided('never', 'ONLY_IF_CACHED') : decision;
}

/** What holds at any age. */
function unconditionally(
  response: StoredResponse,
  directives: CacheControl,
  requestFields: Readonly<Record<string, string>>,
  wanted: CacheControl,
): ReuseDecision | undefined {
  // RFC 9111 §5.2.2.3: who stored it in spite of no-store has understood it.
  if (directives.has('no-store') && !directives.has('must-understand'))
    return decided('never', 'NO_STORE');
  const vary = parseVary(response.fields['vary']);
  if (vary === '*') return decided('validate', 'VARIES_BY_ANYTHING');
  const { requestFields: fieldsThen } = response;
  if (fieldsThen !== undefined && varyMismatch(vary, fieldsThen, requestFields) !== undefined) {
    return decided('validate', 'VARY_DIFFERS');
  }
  // With an argument it concerns single fields only; without one, the response.
  if (fieldNamesOf(directives, 'no-cache') === 'all') return decided('validate', 'NO_CACHE');
  if (wanted.has('no-cache')) return decided('validate', 'REQUEST_NO_CACHE');
  const isPragma = requestFields['cache-control'] === undefined && asksByPragma(requestFields);
  return isPragma ? decided('validate', 'REQUEST_PRAGMA') : undefined;
}

function asksByPragma(requestFields: Readonly<Record<string, string>>): boolean {
  return /(?:^|,)[ \t]*no-cache[ \t]*(?:,|$)/i.test(requestFields['pragma'] ?? '');
}

function byAge(one: Case): ReuseDecision {
  const { wanted, age, lifetime } = one;
  const maxAge = deltaSeconds(wanted, 'max-age');
  if (maxAge !== undefined && age > maxAge && !wanted.has('max-stale')) {
    return decided('validate', 'REQUEST_MAX_AGE');
  }
  if (age >= lifetime) return whenStale(one);
  const minFresh = deltaSeconds(wanted, 'min-fresh') ?? 0;
  return lifetime - age < minFresh
    ? decided('validate', 'REQUEST_MIN_FRESH')
    : decided('fresh', 'FRESH');
}

/** RFC 9111 §4.2.4: stale answers need somebody's leave, and nobody's veto. */
function whenStale({
  directives,
  wanted,
  age,
  lifetime,
  isShared,
  originFailed,
}: Case): ReuseDecision {
  if (directives.has('must-revalidate')) return decided('validate', 'MUST_REVALIDATE');
  if (isShared && directives.has('proxy-revalidate')) {
    return decided('validate', 'PROXY_REVALIDATE');
  }
  if (isShared && directives.has('s-maxage')) return decided('validate', 'S_MAXAGE_REVALIDATE');
  const staleness = age - lifetime;
  const allows = (from: CacheControl, name: string) =>
    staleness <= (deltaSeconds(from, name) ?? -1);
  // Without a number any staleness will do.
  if (wanted.get('max-stale') === true || allows(wanted, 'max-stale')) {
    return decided('stale', 'REQUEST_MAX_STALE');
  }
  if (wanted.has('max-age')) return decided('validate', 'REQUEST_MAX_AGE');
  if (wanted.has('min-fresh')) return decided('validate', 'REQUEST_MIN_FRESH');
  if (allows(directives, 'stale-while-revalidate'))
    return decided('stale', 'STALE_WHILE_REVALIDATE');
  const spares = allows(directives, 'stale-if-error') || allows(wanted, 'stale-if-error');
  return originFailed && spares ? decided('stale', 'STALE_IF_ERROR') : decided('validate', 'STALE');
}

function decided(reuse: ReuseDecision['reuse'], reason: ReuseDecision['reason']): ReuseDecision {
  return { reuse, reason, section: Reasons[reason] };
}
