import type { DemoDefinition, Parameter, Parameters, ValuesOf } from './definition.ts';

/** A value of any parameter. */
export type Value = string | number | boolean;

/** Values by parameter name, of a schema that is not known while compiling. */
export type Values = Readonly<Record<string, Value>>;

type Schema = Pick<DemoDefinition, 'id' | 'parameters'>;

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

/** Writes a value as it stands in an address. */
export function serializeValue(value: Value): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/**
 * Reads the query parameters that are meant for one demo: `?<demo>.<parameter>=<value>`.
 *
 * What is unknown or not allowed is left out, and named in `problems` by a sentence for the reader.
 *
 * @param others names below the demo's that are not its own, and not looked at
 */
export function parseAddress(
  demo: Schema,
  search: string,
  others: readonly string[] = [],
): { readonly values: Values; readonly problems: readonly string[] } {
  const values = new Map<string, Value>();
  const problems: string[] = [];
  for (const [key, text] of new URLSearchParams(search)) {
    if (!key.startsWith(`${demo.id}.`)) continue;
    const name = key.slice(demo.id.length + 1);
    if (others.includes(name)) continue;
    const parameter = Object.hasOwn(demo.parameters, name) ? demo.parameters[name] : undefined;
    if (parameter === undefined) {
      problems.push(`This link sets “${name}”, which this bench does not have; it was left out.`);
      continue;
    }
    const value = parseValue(parameter, text);
    const problem = problemWith(parameter, value);
    if (problem === undefined) values.set(name, value as Value);
    else
      problems.push(
        `This link sets “${name}” to “${cut(text)}”, but it ${problem}; left as it was.`,
      );
  }
  return { values: Object.fromEntries(values), problems };
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * Writes values into a query, so that only what differs from the demo's defaults is in it.
 * Query parameters of others stay as they are.
 */
export function serializeAddress(demo: Schema, values: Values, search = ''): string {
  const query = new URLSearchParams(search);
  for (const key of [...query.keys()]) if (key.startsWith(`${demo.id}.`)) query.delete(key);
  for (const [name, parameter] of Object.entries(demo.parameters)) {
    const value = values[name];
    if (value !== undefined && value !== parameter.default) {
      query.set(`${demo.id}.${name}`, serializeValue(value));
    }
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * Checks the values that a lesson gives to a bench.
 *
 * @throws Error with a sentence for the lesson's author.
 */
export function checkValues(demo: Schema, given: Readonly<Record<string, unknown>>): Values {
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(demo.parameters, name) ? demo.parameters[name] : undefined;
    if (parameter === undefined) {
      const known = Object.keys(demo.parameters).join(', ');
      throw new Error(`<Bench demo="${demo.id}">: no parameter “${name}”; there are: ${known}.`);
    }
    const problem = problemWith(parameter, value);
    if (problem !== undefined) throw new Error(`<Bench demo="${demo.id}">: “${name}” ${problem}.`);
  }
  return given as Values;
}
