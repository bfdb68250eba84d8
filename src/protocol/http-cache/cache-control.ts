import { parseList } from '#protocol/fields/list.ts';

/** Directives by lower-case name; `true` for those without an argument. RFC 9111 §5.2. */
export type CacheControl = ReadonlyMap<string, string | true>;

const DIRECTIVE = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^ \t,;"]*)))?/g;

/**
 * Reads the value of `Cache-Control`. RFC 9111 §5.2.
 *
 * Of a directive that stands twice the first is kept, as RFC 9111 §4.2.1 allows.
 */
export function parseCacheControl(fieldValue: string | undefined): CacheControl {
  const directives = new Map<string, string | true>();
  for (const [, name = '', quoted, token] of (fieldValue ?? '').matchAll(DIRECTIVE)) {
    const argument = quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? true;
    const lowerCaseName = name.toLowerCase();
    if (!directives.has(lowerCaseName)) directives.set(lowerCaseName, argument);
  }
  return directives;
}

/** RFC 9111 §1.2.2: the largest delta-seconds that a cache must be able to hold. */
export const MAX_DELTA_SECONDS = 2 ** 31;

/**
 * Reads a directive's argument as delta-seconds. RFC 9111 §1.2.2.
 *
 * @returns `undefined` when it is absent or not a number.
 */
export function deltaSeconds(directives: CacheControl, name: string): number | undefined {
  const argument = directives.get(name);
  if (typeof argument !== 'string' || !/^\d+$/.test(argument)) return undefined;
  return Math.min(Number(argument), MAX_DELTA_SECONDS);
}

/**
 * Reads the argument of `no-cache` or `private`: the fields that it is about. RFC 9111 §5.2.2.4.
 *
 * @returns `undefined` when the directive is absent, and `'all'` when it is about the whole response:
 * without an argument, or with one that names no field.
 */
export function fieldNamesOf(
  directives: CacheControl,
  name: 'no-cache' | 'private',
): 'all' | ReadonlySet<string> | undefined {
  const argument = directives.get(name);
  if (argument === undefined) return undefined;
  const fields = new Set(argument === true ? [] : parseList(argument.toLowerCase()));
  return fields.size === 0 ? 'all' : fields;
}
