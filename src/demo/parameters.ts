import type { Parameter, Parameters, ValuesOf } from './definition.ts';

/** A value of any parameter. */
export type Value = string | number | boolean;

/** Values by parameter name, of a schema that is not known while compiling. */
export type Values = Readonly<Record<string, Value>>;

/** The values that stand when nobody has set any. */
export function defaultValues<P extends Parameters>(parameters: P): ValuesOf<P> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
  ) as ValuesOf<P>;
}

/**
 * Says what is wrong with a value, in words that follow the parameter's name.
 *
 * @returns `undefined` when the value is one that the parameter allows.
 */
export function problemWith(parameter: Parameter, value: unknown): string | undefined {
  switch (parameter.type) {
    case 'text':
      if (typeof value !== 'string') return 'takes text';
      return value.length <= parameter.maxLength
        ? undefined
        : `takes at most ${parameter.maxLength} characters`;
    case 'choice':
      return parameter.choices.some((choice) => choice.value === value)
        ? undefined
        : `takes one of ${parameter.choices.map((choice) => choice.value || '(empty)').join(', ')}`;
    case 'number':
      return isAllowedNumber(parameter, value)
        ? undefined
        : `takes a number from ${parameter.min} to ${parameter.max}${
            parameter.step === 1 ? '' : ` in steps of ${parameter.step}`
          }`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'takes on or off';
  }
}

function isAllowedNumber(parameter: Parameter & { type: 'number' }, value: unknown): boolean {
  return (
    typeof value === 'number' &&
    value >= parameter.min &&
    value <= parameter.max &&
    (value - parameter.min) % parameter.step === 0
  );
}

/** Reads a value from its form in an address; its result is not yet checked. */
export function parseValue(parameter: Parameter, text: string): unknown {
  if (parameter.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (parameter.type === 'flag') return text === 'on' ? true : text === 'off' ? false : undefined;
  return text;
}
