import { CapsuleError } from './capsule-error.ts';

/** What a field may hold, with the words that follow "is not" when it holds something else. */
export type Kind<Value> = {
  readonly words: string;
  readonly test: (value: unknown) => value is Value;
};

export type Json = string | number | boolean | null | readonly Json[] | JsonRecord;
export type JsonRecord = { readonly [name: string]: Json };

const MAX_DEPTH = 32;

/** Reads the fields of an object that someone else wrote: own properties only, each one checked. */
export class JsonFields {
  readonly #fields: object;
  readonly #path: string;

  /** @param path of the object in the whole text, for messages; empty for the whole itself. */
  constructor(value: unknown, path: string) {
    if (!isRecord(value)) throw wrong(path || 'the text', 'a JSON object');
    this.#fields = value;
    this.#path = path;
  }

  get<Value>(name: string, kind: Kind<Value>): Value {
    const value = this.#own(name);
    if (!kind.test(value)) throw wrong(this.pathOf(name), kind.words);
    return value;
  }

  /** @returns the field alone in an object, or an empty object, to be spread. */
  optional<Name extends string, Value>(name: Name, kind: Kind<Value>): { [N in Name]?: Value } {
    if (this.#own(name) === undefined) return {};
    return { [name]: this.get(name, kind) } as { [N in Name]?: Value };
  }

  list(name: string, maxLength: number): readonly unknown[] {
    const value = this.#own(name);
    if (!Array.isArray(value)) throw wrong(this.pathOf(name), 'a list');
    if (value.length > maxLength) {
      throw wrong(this.pathOf(name), `a list of at most ${maxLength} things`);
    }
    return value;
  }

  /** Copies a record of JSON values, without what would pass for a prototype. */
  record(name: string): JsonRecord {
    const value = this.#own(name);
    if (!isRecord(value)) throw wrong(this.pathOf(name), 'a JSON object');
    return copyRecord(value, this.pathOf(name), 0);
  }

  pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#fields, name)
      ? (this.#fields as Readonly<Record<string, unknown>>)[name]
      : undefined;
  }
}

/** An error whose sentence says where something else was expected. */
export function wrong(path: string, words: string): CapsuleError {
  return new CapsuleError(`This capsule can't be opened: ${path} is not ${words}.`);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function copyRecord(record: object, path: string, depth: number): JsonRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => name !== '__proto__')
      .map(([name, value]) => [name, copyJson(value, path, depth + 1)]),
  );
}

function copyJson(value: unknown, path: string, depth: number): Json {
  if (depth > MAX_DEPTH) throw wrong(path, `nested at most ${MAX_DEPTH} deep`);
  if (Array.isArray(value)) return value.map((one) => copyJson(one, path, depth + 1));
  if (isRecord(value)) return copyRecord(value, path, depth);
  return value as string | number | boolean | null;
}
