import type { Row } from '#capture/row.ts';
import { Pieces } from './pieces.ts';
import type { Result } from './tasks.ts';

/** The tasks of one run of them, as far as it has come. */
export type Tried = {
  readonly over: string;
  /** Pieces that had to be agreed on for it. */
  readonly pieces: readonly string[];
  readonly results: ReadonlyMap<string, Result>;
  readonly works: number;
  readonly isOver: boolean;
  readonly problem: string | undefined;
};

/** Reads the last run of the tasks out of a run's rows; undefined when there was none. */
export function lastTried(rows: readonly Row[]): Tried | undefined {
  const began = rows.findLast(({ kind, data }) => kind === 'app' && data['name'] === 'tasks');
  if (began === undefined) return undefined;
  const since = rows.slice(rows.indexOf(began) + 1);
  const reports = since.filter(({ kind }) => kind === 'app').map(({ data }) => data);
  const results = new Map<string, Result>();
  for (const { id } of Pieces) {
    const report = reports.find(({ name, task }) => name === 'task' && task === id);
    if (report !== undefined) results.set(id, resultOf(report, since));
  }
  const reason = reports.find(({ name }) => name === 'error')?.['reason'];
  return {
    over: String(began.data['over']),
    pieces: String(began.data['pieces']).split(' ').filter(Boolean),
    results,
    works: [...results.values()].filter(({ works }) => works).length,
    isOver: reports.some(({ name }) => name === 'done' || name === 'error'),
    problem: typeof reason === 'string' ? reason : undefined,
  };
}

/** What the server's log has is read from the server's notes, and not from the script's word. */
function resultOf(report: Row['data'], rows: readonly Row[]): Result {
  if (report['task'] !== 'trace') {
    return { works: report['works'] === true, saw: String(report['saw']) };
  }
  const named = rows.filter(
    ({ kind, data }) => kind === 'server' && data['trace'] === report['trace'],
  );
  return named.length === 1
    ? { works: true, saw: `One entry has its name, ${String(report['trace']).slice(0, 8)}….` }
    : { works: false, saw: 'Three entries, all alike.' };
}
