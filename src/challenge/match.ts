import type { Row } from '#capture/row.ts';
import type { Comparison, Where } from './challenge.ts';

/** Rows by the names that conditions gave them with `as`. */
export type Bindings = ReadonlyMap<string, Row>;

/**
 * Reads the value at a path such as `data.fields.etag`.
 *
 * Own properties only, so that no field of a captured head reaches anything else.
 */
export function pathValue(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Tells whether a row fulfils all comparisons. */
export function matches(row: Row, where: Where, bindings: Bindings): boolean {
  return Object.entries(where).every(
    ([path, comparison]) =>
      compares(pathValue(row, path), comparison) && isSame(row, path, comparison, bindings),
  );
}

/** Like {@link matches}, leaving out what depends on other rows. */
export function mayMatch(row: Row, where: Where): boolean {
  return Object.entries(where).every(([path, comparison]) =>
    compares(pathValue(row, path), comparison),
  );
}

function compares(value: unknown, comparison: Comparison): boolean {
  if (typeof comparison !== 'object') return value === comparison;
  const { present, atLeast, atMost, not, includes } = comparison;
  const isPresent = value !== undefined && value !== null;
  return (
    (present === undefined || present === isPresent) &&
    (atLeast === undefined || (typeof value === 'number' && value >= atLeast)) &&
    (atMost === undefined || (typeof value === 'number' && value <= atMost)) &&
    (not === undefined || value !== not) &&
    (includes === undefined || holds(value, includes))
  );
}

function holds(value: unknown, wanted: string): boolean {
  return typeof value === 'string' || Array.isArray(value) ? value.includes(wanted) : false;
}

function isSame(row: Row, path: string, comparison: Comparison, bindings: Bindings): boolean {
  if (typeof comparison !== 'object' || comparison.sameAs === undefined) return true;
  const [name = '', ...rest] = comparison.sameAs.split('.');
  const other = bindings.get(name);
  if (other === undefined) return false;
  const value = pathValue(row, path);
  return value !== undefined && value === pathValue(other, rest.join('.'));
}
