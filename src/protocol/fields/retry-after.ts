import { parseHttpDate } from './http-date.ts';

/**
 * Parses `Retry-After` to milliseconds from `nowMs` on, at least 0. RFC 9110 §10.2.3.
 *
 * @returns `undefined` when it is neither whole seconds nor a date.
 */
export function parseRetryAfter(fieldValue: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(fieldValue)) return Number(fieldValue) * 1000;
  const date = parseHttpDate(fieldValue, nowMs);
  return date && Math.max(0, date.ms - nowMs);
}
