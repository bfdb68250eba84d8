import type { BoxParameter, BoxServer, BoxValues } from './box.ts';
import { RequestError } from './front/answers.ts';

/** A box as its path segment names it: which, and how it is set. */
export type PlacedBox = {
  readonly name: string;
  readonly box: BoxServer;
  readonly values: BoxValues;
};

/**
 * Reads `slow;delayMs=50;jitterMs=10`: a box and its parameters in one path segment. RFC 3986 §3.3
 *
 * @throws RequestError 404 for a box that there isn't, 400 for a parameter that it doesn't take.
 */
export function readBoxSegment(segment: string, boxes: ReadonlyMap<string, BoxServer>): PlacedBox {
  const [name = '', ...settings] = segment.split(';');
  const box = boxes.get(name);
  if (box === undefined) {
    throw new RequestError(404, `There is no such box. There are ${[...boxes.keys()].join(', ')}.`);
  }
  const texts = new Map<string, string>();
  const parameters = new Map(Object.entries(box.parameters ?? {}));
  for (const setting of settings) {
    const [, parameter = '', text = ''] = /^([^=]*)=?(.*)$/.exec(setting) ?? [];
    if (!parameters.has(parameter)) throw new RequestError(400, whatItTakes(name, parameters));
    if (texts.has(parameter)) throw new RequestError(400, `Set ${parameter} of ${name} once.`);
    texts.set(parameter, text);
  }
  const values = [...parameters].map(([parameter, schema]) => [
    parameter,
    valueOf(`${parameter} of ${name}`, schema, texts.get(parameter)),
  ]);
  return { name, box, values: Object.fromEntries(values) as BoxValues };
}

function whatItTakes(name: string, parameters: ReadonlyMap<string, BoxParameter>): string {
  if (parameters.size === 0) return `The box ${name} takes no parameters.`;
  return `The box ${name} takes ${[...parameters.keys()].join(', ')}.`;
}

function valueOf(what: string, schema: BoxParameter, text: string | undefined): number | string {
  if (text === undefined) return schema.default;
  if (schema.type === 'choice') {
    if (schema.choices.includes(text)) return text;
    throw new RequestError(400, `Set ${what} to one of ${schema.choices.join(', ')}.`);
  }
  const { min, max } = schema;
  if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  throw new RequestError(400, `Set ${what} to a whole number, ${String(min)} to ${String(max)}.`);
}
