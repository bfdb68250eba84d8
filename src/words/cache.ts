/** What a directive of a response's `Cache-Control` says. RFC 9111 §5.2.2, RFC 5861, RFC 8246. */
export const directiveWords: Readonly<Record<string, string>> = {
  'max-age': 'fresh for so many seconds after it was made',
  's-maxage': 'in shared caches: fresh for so many seconds, whatever max-age says',
  'no-cache': 'may be stored, but the origin must be asked before each use',
  'no-store': 'must not be stored by anybody',
  private: 'for one reader: a shared cache must not store it',
  public: 'may be stored by any cache, also where the rules would not allow it otherwise',
  'must-revalidate': 'once stale, never without asking the origin',
  'proxy-revalidate': 'in shared caches: once stale, never without asking the origin',
  'no-transform': 'no box on the way may change the content',
  'must-understand': 'store it only if you know what its status code means for caches',
  'stale-while-revalidate': 'so many seconds after it went stale it may be used while asking',
  'stale-if-error': 'so many seconds after it went stale it may be used if the origin fails',
  immutable: 'does not change while it is fresh: a reload need not ask',
};

/** How long something is fresh, and why. By the reasons of `http-cache/freshness-lifetime.ts`. */
const lifetimes = {
  S_MAXAGE: 's-maxage says so',
  MAX_AGE: 'max-age says so',
  EXPIRES: 'Expires says so',
  AGE_INVALID: 'its max-age or s-maxage has no number, which means: stale already',
  EXPIRES_INVALID: 'Expires is no date, which means: stale already',
  HEURISTIC: 'nobody said so: a tenth of the time since Last-Modified',
  NONE: 'nobody said how long',
} as const;

/** Why something is stored or not. By the reasons of `http-cache/storage.ts`. */
const storage = {
  METHOD: 'the method is not GET or HEAD',
  NOT_FINAL: 'it is not the final answer',
  STATUS_CODE_NOT_UNDERSTOOD: 'it is no whole answer by its status code',
  REQUEST_NO_STORE: 'the request says no-store',
  NO_STORE: 'no-store forbids it',
  PRIVATE: 'private forbids it',
  AUTHORIZATION: 'the request had credentials',
  PUBLIC: 'public allows it',
  PRIVATE_CACHE: 'private allows it',
  EXPIRES: 'Expires allows it',
  MAX_AGE: 'max-age allows it',
  S_MAXAGE: 's-maxage allows it',
  HEURISTIC: 'its status code allows it',
  NOTHING_ALLOWS_IT: 'nothing allows it',
} as const;

/** What the cache view says. */
export const cacheWords = {
  title: 'What caches do with this answer',
  directives: 'Cache-Control, taken apart',
  unknown: 'not known here; a cache that does not know it ignores it',
  noField: 'There is no Cache-Control: caches go by the other fields.',
  caches: { private: 'A browser’s own cache', shared: 'A shared cache' },
  lifetimes,
  storage,
  stored: (why: string) => `may store it: ${why}.`,
  notStored: (why: string) => `must not store it: ${why}.`,
  fresh: (left: string, all: string, why: string) =>
    `Fresh for ${left} s more of ${all} s (${why}); so long it answers without asking.`,
  stale: (since: string, why: string) =>
    `Stale since ${since} s (${why}); it asks the origin first.`,
  validates: 'It asks the origin before each use, however young the answer is.',
  usable: (since: string) => `Stale since ${since} s, but a directive still allows its use.`,
  varies: 'Vary: * fits no other request: the origin is asked each time.',
  bar: (name: string, percent: number) => `${name}: ${percent} % of its fresh time is left`,
  atEnd: 'As it stood at the end of this recording.',
} as const;
