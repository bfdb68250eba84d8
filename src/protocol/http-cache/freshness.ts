// What a reader of a lesson's figures needs of RFC 9111 §4, from one place.
export { currentAge, type Age } from './current-age.ts';
export { freshnessLifetime, type FreshnessLifetime } from './freshness-lifetime.ts';
export { decideReuse, type ReuseDecision } from './reuse.ts';
export type { StoredResponse } from './stored-response.ts';
