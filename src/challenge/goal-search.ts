import type { Row } from '#capture/row.ts';
import type { Condition, Goal, Where } from './challenge.ts';
import { matches, mayMatch, pathValue } from './match.ts';

/** A condition that binds a row, or one that checks what is there. */
type Step =
  | {
      readonly type: 'bind';
      readonly as: string;
      readonly candidates: Candidates;
      /** Name of the row that must come before. */
      readonly after: string | undefined;
      /** Whether nothing refers to the row, so that any one will do. */
      readonly isAnonymous: boolean;
    }
  | {
      readonly type: 'check';
      readonly check: (bindings: ReadonlyMap<string, Row>) => Verdict;
    };

type Measure = Extract<Condition, { measure: unknown }>['measure'];

type Verdict = { readonly met: boolean; readonly rows: readonly Row[] };

/** Bounds the search where many rows match and no combination does. */
const MAX_VISITS = 200_000;

/** Rows that fulfil what a `where` says about a row by itself, in the order of time. */
class Candidates {
  readonly where: Where;
  readonly rows: Row[] = [];

  constructor(where: Where) {
    this.where = where;
  }

  push(rows: readonly Row[]): void {
    const matching = rows.filter((row) => mayMatch(row, this.where));
    if (matching.length === 0) return;
    for (const row of matching) this.rows.push(row);
    this.rows.sort(byTime);
  }

  matching(bindings: ReadonlyMap<string, Row>): Row[] {
    return this.rows.filter((row) => matches(row, this.where, bindings));
  }
}

/**
 * Looks for rows that fulfil all conditions of a goal together.
 *
 * Each row is judged by itself once, when it is pushed; combinations are tried anew each time.
 */
export class GoalSearch {
  readonly #steps: readonly Step[];
  readonly #candidates: Candidates[] = [];
  #visits = 0;
  /** The furthest that any combination came, to show what a failed goal waits for. */
  #furthest: { readonly step: number; readonly rows: readonly Row[] } = { step: -1, rows: [] };

  constructor(goal: Goal) {
    this.#steps = goal.all.flatMap((condition, index) => this.#stepsOf(condition, index));
  }

  push(rows: readonly Row[]): void {
    for (const candidates of this.#candidates) candidates.push(rows);
  }

  result(): Verdict {
    this.#visits = 0;
    this.#furthest = { step: -1, rows: [] };
    const found = this.#search(0, new Map(), []);
    return found === undefined
      ? { met: false, rows: this.#furthest.rows }
      : { met: true, rows: found };
  }

  /** @returns the rows that decided it, or `undefined` when no combination fulfils what is left. */
  #search(
    index: number,
    bindings: ReadonlyMap<string, Row>,
    rows: readonly Row[],
  ): readonly Row[] | undefined {
    const step = this.#steps[index];
    if (step === undefined) return rows;
    if (step.type === 'bind') return this.#bind(step, index, bindings, rows);
    const verdict = step.check(bindings);
    const decided = [...rows, ...verdict.rows];
    if (verdict.met) return this.#search(index + 1, bindings, decided);
    this.#fail(index, decided);
    return undefined;
  }

  #bind(
    step: Step & { type: 'bind' },
    index: number,
    bindings: ReadonlyMap<string, Row>,
    rows: readonly Row[],
  ): readonly Row[] | undefined {
    const { after, as, candidates, isAnonymous } = step;
    for (const row of candidates.rows) {
      if (++this.#visits > MAX_VISITS) return undefined;
      if (after !== undefined && !isBefore(bindings.get(after), row)) continue;
      if (!matches(row, candidates.where, bindings)) continue;
      const found = this.#search(index + 1, new Map(bindings).set(as, row), [...rows, row]);
      // Nothing refers to an anonymous row: what failed after it would fail after any other.
      if (found !== undefined || isAnonymous) return found;
    }
    this.#fail(index, rows);
    return undefined;
  }

  #fail(step: number, rows: readonly Row[]): void {
    if (step > this.#furthest.step) this.#furthest = { step, rows };
  }

  #collect(where: Where): Candidates {
    const candidates = new Candidates(where);
    this.#candidates.push(candidates);
    return candidates;
  }

  #stepsOf(condition: Condition, index: number): Step[] {
    if ('exists' in condition) return [this.#bindStep(condition.exists, `${index}`, undefined)];
    if ('sequence' in condition) {
      const names = condition.sequence.map((item, at) => item.as ?? `${index}.${at}`);
      return condition.sequence.map((item, at) =>
        this.#bindStep({ ...item, as: names[at] ?? '' }, '', names[at - 1]),
      );
    }
    return [{ type: 'check', check: this.#checkOf(condition) }];
  }

  #bindStep(
    { as, where }: { readonly as?: string; readonly where: Where },
    fallback: string,
    after: string | undefined,
  ): Step {
    return {
      type: 'bind',
      as: as ?? fallback,
      candidates: this.#collect(where),
      after,
      isAnonymous: as === undefined,
    };
  }

  #checkOf(
    condition: Exclude<Condition, { exists: unknown } | { sequence: unknown }>,
  ): (bindings: ReadonlyMap<string, Row>) => Verdict {
    if ('before' in condition) {
      const [first, second] = condition.before;
      return (bindings) => {
        const [a, b] = [bindings.get(first), bindings.get(second)];
        return { met: b !== undefined && isBefore(a, b), rows: [] };
      };
    }
    if ('sameConnection' in condition) {
      const [first, second] = condition.sameConnection;
      return (bindings) => {
        const connection = bindings.get(first)?.connection;
        const met = connection !== undefined && connection === bindings.get(second)?.connection;
        return { met, rows: [] };
      };
    }
    if ('measure' in condition || 'superset' in condition) return this.#valuesOf(condition);
    if ('within' in condition) {
      const [first, second] = condition.within.rows;
      return (bindings) => {
        const apart = (bindings.get(second)?.t ?? NaN) - (bindings.get(first)?.t ?? NaN);
        return { met: Math.abs(apart) <= condition.within.ms, rows: [] };
      };
    }
    return this.#countOf(condition);
  }

  #valuesOf(
    condition: Extract<Condition, { measure: unknown } | { superset: unknown }>,
  ): (bindings: ReadonlyMap<string, Row>) => Verdict {
    const { path, where } = 'measure' in condition ? condition.measure : condition.superset;
    const candidates = this.#collect(where);
    return (bindings) => {
      const rows = candidates.matching(bindings);
      const values = rows.map((row) => pathValue(row, path));
      return 'measure' in condition
        ? { met: isMeasured(condition.measure, values), rows }
        : holdsAll(condition.superset.of, rows, values);
    };
  }

  #countOf(
    condition: Extract<Condition, { none: unknown } | { count: unknown } | { distinct: unknown }>,
  ): (bindings: ReadonlyMap<string, Row>) => Verdict {
    if ('none' in condition) {
      const candidates = this.#collect(condition.none.where);
      return (bindings) => {
        const rows = candidates.matching(bindings).slice(0, 1);
        return { met: rows.length === 0, rows };
      };
    }
    if ('count' in condition) {
      const { where, atLeast = 0, atMost = Infinity } = condition.count;
      const candidates = this.#collect(where);
      return (bindings) => {
        const rows = candidates.matching(bindings);
        return { met: rows.length >= atLeast && rows.length <= atMost, rows };
      };
    }
    const { path, where, atLeast } = condition.distinct;
    const candidates = this.#collect(where);
    return (bindings) => {
      const firsts = new Map<unknown, Row>();
      for (const row of candidates.matching(bindings)) {
        const value = pathValue(row, path);
        if (value !== undefined && !firsts.has(value)) firsts.set(value, row);
      }
      return { met: firsts.size >= atLeast, rows: [...firsts.values()] };
    };
  }
}

function isMeasured(
  { of, rows = 1, atLeast = -Infinity, atMost = Infinity }: Measure,
  values: readonly unknown[],
): boolean {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < rows) return false;
  const sum = numbers.reduce((so, number) => so + number, 0);
  const max = numbers.reduce((so, number) => Math.max(so, number), -Infinity);
  const measured = { sum, mean: sum / numbers.length, max }[of];
  return measured >= atLeast && measured <= atMost;
}

/** Names the first row of each value that was wanted, so that a miss shows what is there. */
function holdsAll(
  wanted: readonly unknown[],
  rows: readonly Row[],
  values: readonly unknown[],
): Verdict {
  const found = wanted.map((value) => values.indexOf(value));
  return {
    met: !found.includes(-1),
    rows: found.flatMap((index) => (index === -1 ? [] : [rows[index]!])),
  };
}

function isBefore(a: Row | undefined, b: Row): boolean {
  return a !== undefined && byTime(a, b) < 0;
}

/** Rows of the page and of the wire arrive by different ways: time decides, then the number. */
function byTime(a: Row, b: Row): number {
  return a.t - b.t || a.number - b.number;
}
