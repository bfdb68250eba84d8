import type { Ratio } from './figures.ts';
import type { Figure, Section } from './section.ts';
import type { Goal, Interval, Verdict } from './statistics.ts';

type Row = readonly string[];

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  miss: 'MISS',
  undecided: 'undecided',
  noisy: 'not judged: A/A is outside 0.9–1.1',
};

/** Writes a section for a terminal. */
export function reportOf({ title, rates, ratios, figures, notes }: Section): string {
  const rateRows = rates.map(({ target, perSecond, perCpuSecond }) => [
    target,
    whole(perSecond),
    whole(perCpuSecond),
  ]);
  const tables = [
    table(['', 'per second', 'per CPU-second'], rateRows),
    table(['per CPU-second', 'ratio', '95 %', 'goal', ''], ratios.map(ratioRow)),
    table(['', 'median', '95 %', 'goal', ''], figures.map(figureRow)),
  ];
  return [`— ${title}`, ...tables.filter(Boolean), ...notes].join('\n');
}

/** Lists what missed its goal. */
export function missesOf(sections: readonly Section[]): string[] {
  return sections.flatMap(({ title, ratios, figures }) =>
    [...ratios.map(({ target, verdict }) => ({ name: target, verdict })), ...figures]
      .filter(({ verdict }) => verdict === 'miss')
      .map(({ name }) => `${title}: ${name}`),
  );
}

function ratioRow({ target, base, ratio, interval, goal, verdict }: Ratio): Row {
  return [`${target} / ${base}`, figure(ratio), span(interval), goalOf(goal), mark(verdict)];
}

function figureRow({ name, unit, median, interval, goal, verdict }: Figure): Row {
  return [name, `${figure(median)} ${unit}`, span(interval), goalOf(goal), mark(verdict)];
}

function table(head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: Row) =>
    row
      .map((cell, column) =>
        column === 0 || column > 3
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((row) => `  ${line(row)}`).join('\n');
}

function mark(verdict: Verdict | undefined): string {
  return verdict === undefined ? '' : MARKS[verdict];
}

function goalOf(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  return `${goal.bound === 'at least' ? '≥' : '≤'} ${String(goal.value)}`;
}

function span({ lower, upper }: Interval): string {
  return `${figure(lower)}–${figure(upper)}`;
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value < 0.1 ? 3 : 2);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
