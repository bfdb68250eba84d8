import type { BenchModel } from './bench-model.ts';
import type { Choices } from './choices.ts';

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
 * @returns the chosen row's number, when the key was one of them.
 */
export function moveChoice(
  event: KeyboardEvent,
  model: BenchModel,
  choices: Choices,
): number | undefined {
  const step = steps[event.key];
  if (step === undefined || choices.length === 0) return undefined;
  event.preventDefault();
  const number = chosenBy(step, choices, model.selected.value);
  if (number !== undefined) model.chosen.value = number;
  return number;
}

/** The number of the row so many steps from another, passing over what can't be chosen. */
export function chosenBy(
  step: number,
  { length, numberAt, indexOf }: Choices,
  from: number | undefined,
): number | undefined {
  const last = length - 1;
  let index = Math.min(last, Math.max(0, Math.max(0, indexOf(from)) + step));
  const way = index === 0 ? 1 : index === last ? -1 : Math.sign(step);
  while (index >= 0 && index <= last && numberAt(index) === undefined) index += way;
  return numberAt(index);
}
