import type { FreshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import type { ReuseDecision } from '#protocol/http-cache/reuse.ts';
import type { StorageDecision } from '#protocol/http-cache/storage.ts';

/** What came of a request at the cache (curriculum, Appendix A: `cache.decision`). */
export type Outcome = 'hit' | 'miss' | 'stale' | 'revalidated' | 'collapsed' | 'bypass';

/** Rules of the cache itself, beside those of `src/protocol/http-cache` → their section. */
const OwnRules = {
  UNSAFE_METHOD: 'RFC 9111 §4',
  METHOD_NOT_STORED: 'RFC 9111 §3',
  UPGRADE: 'RFC 9110 §7.8',
  RANGE: 'RFC 9111 §3.3',
  ORIGIN_PRECONDITION: 'RFC 9111 §4.3.2',
  REQUEST_CONTENT: 'RFC 9110 §9.3.1',
  NOTHING_STORED: 'RFC 9111 §4',
  NO_VARIANT: 'RFC 9111 §4.1',
  NOT_MODIFIED: 'RFC 9111 §4.3.4',
  CHANGED: 'RFC 9111 §4.3.3',
  DISCONNECTED: 'RFC 9111 §4.2.4',
  SILENT: 'RFC 9110 §15.6.5',
  UPGRADE_UNANSWERED: 'RFC 9110 §15.6.5',
  INCOMPLETE: 'RFC 9111 §3.3',
  TOO_LARGE: 'RFC 9111 §2',
  HEAD_SAYS_CHANGED: 'RFC 9111 §4.3.5',
  INVALIDATED: 'RFC 9111 §4.4',
} as const;

type OwnRule = keyof typeof OwnRules;
export type Rule = OwnRule | ReuseDecision['reason'] | StorageDecision['reason'];

/** A rule with where it stands and what it says here. */
export type Said = { readonly rule: Rule; readonly section: string; readonly words: string };

/** Age and lifetime of the stored response in question, in seconds. */
export type Ages = { readonly age?: number; readonly lifetime?: FreshnessLifetime };

/** Puts a rule of the cache itself into words. */
export function saidBy(rule: OwnRule): Said {
  return { rule, section: OwnRules[rule], words: ownWords[rule] };
}

/** Puts a decision of `src/protocol/http-cache` into words. */
export function saidOf(
  { reason, section }: ReuseDecision | StorageDecision,
  { age = 0, lifetime }: Ages = {},
): Said {
  const clock =
    lifetime === undefined
      ? ''
      : ` Its age is ${seconds(age)}, its freshness lifetime ${seconds(lifetime.seconds)}: ${lifetimeWords[lifetime.reason]}.`;
  return { rule: reason, section, words: `${decisionWords[reason]}${clock}` };
}

const seconds = (count: number) => `${String(Math.floor(count))} s`;

const ownWords: Readonly<Record<OwnRule, string>> = {
  UNSAFE_METHOD: 'A request that may change something goes to the origin, always.',
  METHOD_NOT_STORED: 'Only GET is answered from the store, and HEAD from what a GET has stored.',
  UPGRADE: 'After an upgrade there are no responses that could be stored.',
  RANGE: 'Parts are not kept here: a request for a range goes to the origin.',
  ORIGIN_PRECONDITION: 'If-Match and If-Unmodified-Since are for the origin to judge.',
  REQUEST_CONTENT: 'A GET with content means what only its origin knows.',
  NOTHING_STORED: 'Nothing is stored for this address.',
  NO_VARIANT: 'What is stored answered requests whose fields in Vary were others.',
  NOT_MODIFIED: 'The origin answered 304: what is stored holds, and is renewed.',
  CHANGED: 'The origin sent a new response in place of the stored one.',
  DISCONNECTED: 'The origin did not answer, and nothing allows a stale response.',
  SILENT: 'The origin was silent for too long, and nothing allows a stale response.',
  UPGRADE_UNANSWERED: 'The origin was silent for too long: it neither switched nor answered.',
  INCOMPLETE: 'The response was cut before its end. A part is never stored as the whole.',
  TOO_LARGE: 'The response is larger than this cache keeps.',
  HEAD_SAYS_CHANGED: 'HEAD brought other validators: what is stored is out of date.',
  INVALIDATED: 'A request that may have changed it was successful, so what was stored is removed.',
};

const decisionWords: Readonly<Record<ReuseDecision['reason'] | StorageDecision['reason'], string>> =
  {
    FRESH: 'Fresh: used without asking.',
    STALE: 'Stale: the origin has to be asked.',
    NO_CACHE: 'no-cache: the origin is asked before each use.',
    VARIES_BY_ANYTHING: 'Vary: * matches no request.',
    VARY_DIFFERS: 'It answered a request whose fields in Vary were others.',
    REQUEST_NO_CACHE: 'The request says no-cache: it wants the origin asked.',
    REQUEST_PRAGMA: 'The request says Pragma: no-cache.',
    REQUEST_MAX_AGE: 'It is older than the request’s max-age wants.',
    REQUEST_MIN_FRESH: 'It will not stay fresh as long as the request’s min-fresh wants.',
    REQUEST_MAX_STALE: 'Stale, but the request says max-stale.',
    MUST_REVALIDATE: 'Stale, and must-revalidate forbids using it unasked.',
    PROXY_REVALIDATE: 'Stale, and proxy-revalidate forbids a shared cache to use it unasked.',
    S_MAXAGE_REVALIDATE:
      'Stale, and s-maxage means proxy-revalidate too: the origin has to be asked.',
    STALE_WHILE_REVALIDATE:
      'Stale, but stale-while-revalidate lets it go out while the origin is asked.',
    STALE_IF_ERROR: 'The origin failed, and stale-if-error lets the stale response go out.',
    ONLY_IF_CACHED: 'The request says only-if-cached, and nothing stored may be used.',
    METHOD: 'Responses to this method are not stored.',
    NOT_FINAL: 'It is an interim response.',
    STATUS_CODE_NOT_UNDERSTOOD: 'This cache does not keep responses with this status code.',
    REQUEST_NO_STORE: 'The request said no-store.',
    NO_STORE: 'no-store: it may not be kept.',
    PRIVATE: 'private: it is for one user, and this cache has many.',
    AUTHORIZATION:
      'The request carried Authorization, and nothing in the response allows sharing it.',
    PUBLIC: 'public: any cache may keep it.',
    PRIVATE_CACHE: 'private: a private cache may keep it.',
    EXPIRES: 'Expires says how long it may be kept.',
    MAX_AGE: 'max-age says how long it may be kept.',
    S_MAXAGE: 's-maxage says how long a shared cache may keep it.',
    HEURISTIC: 'Nothing says how long; its status code lets a cache guess.',
    NOTHING_ALLOWS_IT: 'Nothing in it allows keeping it.',
  };

const lifetimeWords: Readonly<Record<FreshnessLifetime['reason'], string>> = {
  S_MAXAGE: 'by s-maxage',
  MAX_AGE: 'by max-age',
  AGE_INVALID: 'max-age or s-maxage is no number',
  EXPIRES: 'by Expires',
  EXPIRES_INVALID: 'Expires is no date, so it is past',
  HEURISTIC: 'a tenth of the time since Last-Modified, a guess',
  NONE: 'nothing says one',
};
