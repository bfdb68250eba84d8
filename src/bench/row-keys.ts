import type { Row } from '#capture/row.ts';
import type { BenchModel } from './bench-model.ts';

const steps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Moves the choice among rows by the keys that lists have.
 *
 * @returns the chosen row, when the key was one of them.
 */
export function moveChoice(
  event: KeyboardEvent,
  model: BenchModel,
  rows: readonly Row[],
): Row | undefined {
  const step = steps[event.key];
  if (step === undefined || rows.length === 0) return undefined;
  event.preventDefault();
  const at = rows.findIndex(({ number }) => number === model.selected.value);
  const row = rows[Math.min(rows.length - 1, Math.max(0, Math.max(0, at) + step))];
  if (row !== undefined) model.chosen.value = row.number;
  return row;
}
