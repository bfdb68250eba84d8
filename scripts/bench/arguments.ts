import { parseArgs } from 'node:util';

/** The parts of the bench, in the order in which they run. */
export const PARTS = ['echo', 'fanout', 'http', 'memory', 'race', 'flood'] as const;

export type Part = (typeof PARTS)[number];

export type Arguments = {
  readonly parts: readonly Part[];
  readonly rounds: number;
  /** A file for the figures. */
  readonly json: string | undefined;
  /** Ends with 1 when a goal is missed. */
  readonly strict: boolean;
};

/** Reads the command line; throws with a sentence that says what to write instead. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '12' },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 3 || rounds > 100) {
    throw new Error('--rounds takes a whole number from 3 to 100.');
  }
  const unknown = positionals.find((name) => !isPart(name));
  if (unknown !== undefined) throw new Error(`The parts are ${PARTS.join(', ')}.`);
  const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
  return { parts, rounds, json: values.json, strict: values.strict };
}

function isPart(name: string): name is Part {
  return (PARTS as readonly string[]).includes(name);
}
