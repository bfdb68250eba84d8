import type { Row } from '#capture/row.ts';
import type { Outcome } from './client.ts';

/** What a library made of a path, by both. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export const outcomeKey = (library: string, path: string): string => `${library} ${path}`;

/** The newest of each, out of a run's rows. */
export function outcomesOf(rows: readonly Row[]): Outcomes {
  const outcomes = new Map<string, Outcome>();
  for (const { kind, data } of rows) {
    if (kind !== 'app' || data['name'] !== 'outcome') continue;
    const key = outcomeKey(String(data['library']), String(data['path']));
    outcomes.set(key, data as unknown as Outcome);
  }
  return outcomes;
}

/** An outcome in a few words. */
export function outcomeWords({ connectedMs, first, last, echoed, problem }: Outcome): string {
  if (connectedMs === undefined) return `no: ${problem ?? 'no connection'}`;
  const ways = first === last || last === undefined ? `${first}` : `${first}, then ${last}`;
  return `${ways}, after ${connectedMs} ms${echoed ? '' : '; no echo'}`;
}
