import type { Kind } from './json-fields.ts';

/** More than any run lasts, and exact in nanoseconds when added to a date. */
const MAX_TIME_MS = 10 ** 10;

/** A whole number from 0 on. */
export const count: Kind<number> = {
  words: 'a whole number from 0 on',
  test: (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0,
};

/** A number of milliseconds since a run began; the page's clock may lie a little before it. */
export const time: Kind<number> = {
  words: 'a time in milliseconds',
  test: (value): value is number => typeof value === 'number' && Math.abs(value) <= MAX_TIME_MS,
};

/** A whole number up to a bound. */
export function upTo(most: number): Kind<number> {
  return {
    words: `a whole number from 0 to ${most}`,
    test: (value): value is number => count.test(value) && value <= most,
  };
}

/** A text up to a bound, in UTF-16 code units. */
export function text(maxLength: number): Kind<string> {
  return {
    words: `a text of at most ${maxLength} characters`,
    test: (value): value is string => typeof value === 'string' && value.length <= maxLength,
  };
}

/** One of a few values. */
export function oneOf<const Value extends string | number | boolean>(
  ...values: readonly Value[]
): Kind<Value> {
  return {
    words: values.join(' or '),
    test: (value): value is Value => values.includes(value as Value),
  };
}

/** Lower-case words joined by hyphens. */
export const kebabCase: Kind<string> = {
  words: 'lower-case words joined by hyphens, 64 characters at most',
  test: (value): value is string =>
    typeof value === 'string' && value.length <= 64 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value),
};

/** A point in time as `Date.prototype.toISOString` writes it. */
export const isoTime: Kind<string> = {
  words: 'a time such as 2026-11-23T12:00:00.000Z',
  test: (value): value is string =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
};
