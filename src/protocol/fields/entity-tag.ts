/** What names a version of a representation. RFC 9110 §8.8.3. */
export type EntityTag = {
  /** Equivalent, not octet for octet the same. RFC 9110 §8.8.1. */
  readonly weak: boolean;
  /** Without the quotes. */
  readonly opaque: string;
};

const TAG = /(W\/)?"([!#-~\x80-\xff]*)"/;
const LIST = new RegExp(`^[ \\t,]*(?:${TAG.source}[ \\t]*(?:,[ \\t,]*|$))+$`);

/** Parses the value of `ETag`; `undefined` when it is none. `W` counts in upper case only. */
export function parseEntityTag(fieldValue: string): EntityTag | undefined {
  const [whole, weak, opaque = ''] = TAG.exec(fieldValue) ?? [];
  return whole === fieldValue ? { weak: weak !== undefined, opaque } : undefined;
}

/** Parses `If-Match` and `If-None-Match`. RFC 9110 §13.1.1 and §13.1.2. */
export function parseEntityTags(fieldValue: string): '*' | readonly EntityTag[] | undefined {
  if (fieldValue === '*') return '*';
  if (!LIST.test(fieldValue)) return undefined;
  return [...fieldValue.matchAll(new RegExp(TAG, 'g'))].map(([, weak, opaque = '']) => ({
    weak: weak !== undefined,
    opaque,
  }));
}

/** RFC 9110 §8.8.3.2: both strong and the same. */
export function matchesStrongly(a: EntityTag, b: EntityTag): boolean {
  return !a.weak && !b.weak && a.opaque === b.opaque;
}

/** RFC 9110 §8.8.3.2: the same, weak or not. */
export function matchesWeakly(a: EntityTag, b: EntityTag): boolean {
  return a.opaque === b.opaque;
}
