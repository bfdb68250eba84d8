import type { Row } from '#capture/row.ts';

/**
 * Looks like an array of rows, and makes each one when it is looked at.
 *
 * All that reads an array works on it (`length`, `at`, `filter`, `for … of`, an index); nothing
 * can be written.
 */
export function lazyRows(
  length: () => number,
  at: (index: number) => Row | undefined,
): readonly Row[] {
  return new Proxy<Row[]>([], {
    get(target, name) {
      if (name === 'length') return length();
      const index = indexOf(name);
      return index === undefined ? (Reflect.get(target, name) as unknown) : at(index);
    },
    has(target, name) {
      const index = indexOf(name);
      return index === undefined ? Reflect.has(target, name) : index < length();
    },
    set: () => false,
    deleteProperty: () => false,
  });
}

function indexOf(name: string | symbol): number | undefined {
  if (typeof name === 'symbol') return undefined;
  const digit = name.charCodeAt(0);
  return digit >= 0x30 && digit <= 0x39 ? Number(name) : undefined;
}
