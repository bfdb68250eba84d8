import type { Row } from '#capture/row.ts';
import type { Deed } from '#demo/stretches.ts';

/** What the shared cache said of one load. */
export type SharedDecision = { readonly outcome: string; readonly words: string };

/** Finds what the shared cache decided in the stretch of the run that one load has. */
export function decisionIn(
  rows: readonly Row[],
  { from, until }: Deed,
): SharedDecision | undefined {
  const row = rows.find(
    ({ kind, data, t }) =>
      kind === 'box' && data['name'] === 'cache-decision' && t >= from && t < until,
  );
  if (row === undefined) return undefined;
  const { outcome, words, section, library } = row.data;
  const other = typeof library === 'string' ? ` (${library}.)` : '';
  return { outcome: String(outcome), words: `${String(words)} ${String(section)}.${other}` };
}

/** How long what the shared cache holds was to stay fresh, and until when on the run's clock. */
export type SharedFreshness = { readonly lifetimeSeconds: number; readonly until: number };

/** Reads it off the last thing that the cache said about a lifetime. */
export function sharedFreshness(rows: readonly Row[]): SharedFreshness | undefined {
  const row = rows.findLast(
    ({ kind, data }) => kind === 'box' && typeof data['lifetime'] === 'number',
  );
  if (row === undefined) return undefined;
  const { lifetime, age } = row.data as { readonly lifetime: number; readonly age: number };
  return { lifetimeSeconds: lifetime, until: row.t + (lifetime - age) * 1000 };
}
