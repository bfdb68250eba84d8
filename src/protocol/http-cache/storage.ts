import { fieldNamesOf, parseCacheControl } from './cache-control.ts';
import { HEURISTICALLY_CACHEABLE } from './freshness-lifetime.ts';

type Fields = Readonly<Record<string, string>>;

/** Rule by which a response is stored or not → its section. */
const Reasons = {
  METHOD: 'RFC 9110 §9.2.3',
  NOT_FINAL: 'RFC 9111 §3',
  STATUS_CODE_NOT_UNDERSTOOD: 'RFC 9111 §3',
  REQUEST_NO_STORE: 'RFC 9111 §5.2.1.5',
  NO_STORE: 'RFC 9111 §5.2.2.5',
  PRIVATE: 'RFC 9111 §5.2.2.7',
  AUTHORIZATION: 'RFC 9111 §3.5',
  PUBLIC: 'RFC 9111 §5.2.2.9',
  PRIVATE_CACHE: 'RFC 9111 §5.2.2.7',
  EXPIRES: 'RFC 9111 §5.3',
  MAX_AGE: 'RFC 9111 §5.2.2.1',
  S_MAXAGE: 'RFC 9111 §5.2.2.10',
  HEURISTIC: 'RFC 9111 §4.2.2',
  NOTHING_ALLOWS_IT: 'RFC 9111 §3',
} as const;

/** Whether a response may be stored, and the rule that says so. */
export type StorageDecision = {
  readonly store: boolean;
  readonly reason: keyof typeof Reasons;
  readonly section: string;
};

/** What a cache knows when a response has come. */
export type ForStorage = {
  readonly method: string;
  /** By lower-case name, as {@link fields}. */
  readonly requestFields: Fields;
  readonly statusCode: number;
  readonly fields: Fields;
};

/** Status codes whose rules for caches this cache follows: those of RFC 9110 §15.1, but not partial. */
function understands(statusCode: number): boolean {
  return HEURISTICALLY_CACHEABLE.has(statusCode) && statusCode !== 206;
}

/**
 * Tells whether a response may be stored. RFC 9111 §3.
 *
 * Not covered: answers to POST, which need Content-Location (RFC 9110 §9.3.3), and 206 (§3.3).
 */
export function decideStorage(
  { method, requestFields, statusCode, fields }: ForStorage,
  { isShared = false }: { readonly isShared?: boolean } = {},
): StorageDecision {
  const directives = parseCacheControl(fields['cache-control']);
  const has = (name: string) => directives.has(name);
  if (method !== 'GET' && method !== 'HEAD') return decided(false, 'METHOD');
  if (statusCode < 200) return decided(false, 'NOT_FINAL');
  const isPart = statusCode === 206 || statusCode === 304;
  if (isPart || (has('must-understand') && !understands(statusCode))) {
    return decided(false, 'STATUS_CODE_NOT_UNDERSTOOD');
  }
  if (parseCacheControl(requestFields['cache-control']).has('no-store')) {
    return decided(false, 'REQUEST_NO_STORE');
  }
  // RFC 9111 §5.2.2.3: no-store is then for caches that do not know must-understand.
  if (has('no-store') && !has('must-understand')) return decided(false, 'NO_STORE');
  // With an argument it concerns single fields only.
  if (isShared && fieldNamesOf(directives, 'private') === 'all') return decided(false, 'PRIVATE');
  const isOpen = has('public') || has('s-maxage') || has('must-revalidate');
  if (isShared && requestFields['authorization'] !== undefined && !isOpen) {
    return decided(false, 'AUTHORIZATION');
  }
  const allowed: [boolean, keyof typeof Reasons][] = [
    [has('public'), 'PUBLIC'],
    [!isShared && has('private'), 'PRIVATE_CACHE'],
    [isShared && has('s-maxage'), 'S_MAXAGE'],
    [has('max-age'), 'MAX_AGE'],
    [fields['expires'] !== undefined, 'EXPIRES'],
    [HEURISTICALLY_CACHEABLE.has(statusCode), 'HEURISTIC'],
  ];
  const [, reason] = allowed.find(([is]) => is) ?? [];
  return reason === undefined ? decided(false, 'NOTHING_ALLOWS_IT') : decided(true, reason);
}

/** RFC 9111 §4.4: a change that did not fail makes what is stored for its target invalid. */
export function invalidates(method: string, statusCode: number): boolean {
  const isSafe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
  return !isSafe && statusCode >= 200 && statusCode < 400;
}

function decided(store: boolean, reason: keyof typeof Reasons): StorageDecision {
  return { store, reason, section: Reasons[reason] };
}
