import type { DemoDefinition } from './definition.ts';
import { parseValue, problemWith, type Value, type Values } from './parameters.ts';

type Schema = Pick<DemoDefinition, 'id' | 'parameters'>;

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
