import { validationFields } from '#protocol/http-cache/validation.ts';

import type { Said } from './decision-words.ts';
import { without, type Fields, type StoredEntry } from './stored-entry.ts';

/** What is stored, and why it does not do. */
export type Need = {
  readonly found: StoredEntry | undefined;
  readonly variants: readonly StoredEntry[];
  readonly why: Said;
};

/** Of variants that do not match: each is one entity tag in If-None-Match. */
const MAX_TAGS = 16;

const conditions = new Set(['if-none-match', 'if-modified-since']);

/** RFC 9111 §4.3.1: the tags of what is stored; of variants that do not match, all of them. */
export function validatorsOf({ found, variants }: Need): Fields {
  if (found !== undefined) return validationFields(found);
  const tags = variants.flatMap(({ fields: { etag } }) => (etag === undefined ? [] : [etag]));
  if (tags.length === 0) return {};
  return { 'if-none-match': [...new Set(tags.slice(-MAX_TAGS))].join(', ') };
}

export const hasAny = (validators: Fields): boolean => Object.keys(validators).length > 0;

/** Puts our condition in the place of the client's, if we have one. */
export function conditional(rawFields: readonly string[], validators: Fields): readonly string[] {
  if (!hasAny(validators)) return rawFields;
  return [...without(rawFields, conditions), ...Object.entries(validators).flatMap(titled)];
}

/** `if-none-match` as origins are used to see it. */
const titled = ([name, value]: [string, string]) => [
  name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  value,
];
