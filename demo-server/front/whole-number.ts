import { RequestError } from './answers.ts';

/** Reads a whole number within bounds out of a query or a field; null is no number. */
export function wholeNumber(
  text: string | null,
  least: number,
  most: number,
  name: string,
): number {
  const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new RequestError(400, `${name} is a whole number, ${String(least)} to ${String(most)}.`);
}
