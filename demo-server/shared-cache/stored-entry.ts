import type CachePolicy from 'http-cache-semantics';

import { fieldNamesOf, parseCacheControl } from '#protocol/http-cache/cache-control.ts';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';
import { notForUpdate } from '#protocol/http-cache/validation.ts';
import { parseVary, varyMismatch } from '#protocol/fields/vary.ts';
import { parseHttpDate } from '#protocol/fields/http-date.ts';
import { fieldLines } from '#demo-server/boxes/proxy.ts';

/** Combined field values by lower-case name. RFC 9110 §5.2. */
export type Fields = Readonly<Record<string, string>>;

/** A stored response: what decides on its reuse, and what is sent when it is reused. */
export type StoredEntry = StoredResponse & {
  readonly reasonPhrase: string;
  /** In the order and spelling of the origin: name, value, name, value … */
  readonly rawFields: readonly string[];
  /** Only the fields that `Vary` names. */
  readonly requestFields: Fields;
  readonly content: Buffer;
  /** What `http-cache-semantics` makes of the same response. */
  readonly policy: CachePolicy;
};

/** Combines lines of the same name. RFC 9110 §5.2. */
export function combined(rawFields: readonly string[]): Fields {
  const fields = new Map<string, string>();
  for (const [name, value] of fieldLines(rawFields)) {
    const before = fields.get(name.toLowerCase());
    fields.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}

/** Leaves out the lines of some fields. */
export function without(rawFields: readonly string[], names: ReadonlySet<string>): string[] {
  return [...fieldLines(rawFields)].filter(([name]) => !names.has(name.toLowerCase())).flat();
}

/** Fields of a response that a shared cache may keep, and a `Date`. RFC 9111 §3.1, RFC 9110 §6.6.1. */
export function storableFields(rawFields: readonly string[], nowMs: number): string[] {
  const fields = combined(rawFields);
  const directives = parseCacheControl(fields['cache-control']);
  const excepted = ['no-cache', 'private'] as const;
  const named = excepted.flatMap((name) => {
    const names = fieldNamesOf(directives, name);
    return names === undefined || names === 'all' ? [] : [...names];
  });
  const kept = without(rawFields, new Set([...ofProxy, ...named]));
  return fields['date'] === undefined ? [...kept, 'Date', new Date(nowMs).toUTCString()] : kept;
}

/** RFC 9111 §3.1: those would be another proxy's on another way. */
const ofProxy = ['proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization'];

/** Puts the fields of a 304, or of an answer to HEAD, over the stored ones. RFC 9111 §3.2. */
export function freshenedFields(
  stored: readonly string[],
  update: readonly string[],
  nowMs: number,
): string[] {
  const updating = without(update, notForUpdate(undefined));
  const replaced = new Set(Object.keys(combined(updating)));
  // Age is of the response that brought it: the old one says nothing about the new.
  return storableFields([...without(stored, replaced.add('age')), ...updating], nowMs);
}

/** The fields of a request that a response says it depends on. */
export function nominated(vary: string | undefined, requestFields: Fields): Fields {
  const names = parseVary(vary);
  if (names === '*') return {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = requestFields[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Says whether a stored response belongs to what a request asks for. RFC 9111 §4.1. */
export function matches(entry: StoredEntry, requestFields: Fields): boolean {
  const vary = parseVary(entry.fields['vary']);
  return varyMismatch(vary, entry.requestFields, requestFields) === undefined;
}

/**
 * Chooses among the stored responses of a target. RFC 9111 §4 and §4.1.
 *
 * The most recent one by `Date`; one without `Vary` only if none with it matches.
 */
export function select(
  variants: readonly StoredEntry[],
  requestFields: Fields,
): StoredEntry | undefined {
  return variants
    .filter((entry) => matches(entry, requestFields))
    .sort((a, b) => Number(hasVary(b)) - Number(hasVary(a)) || dateOf(b) - dateOf(a))[0];
}

const hasVary = ({ fields }: StoredEntry) => fields['vary'] !== undefined;

const dateOf = ({ fields, responseTimeMs }: StoredEntry) =>
  parseHttpDate(fields['date'] ?? '', responseTimeMs)?.ms ?? responseTimeMs;

/** What an entry takes of the store, in octets; names and values count as one each. */
export function sizeOf({ content, rawFields, requestFields }: StoredEntry): number {
  const text = [...rawFields, ...Object.entries(requestFields).flat()].join('');
  return content.length + text.length;
}
