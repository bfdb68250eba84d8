import type { Row } from '#capture/row.ts';

/** How often the browser knocked, and how it was answered last; in words. */
export function answersIn(rows: readonly Row[]): string | undefined {
  const answers = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'answered');
  const last = answers.at(-1)?.data;
  if (last === undefined) return undefined;
  const times = answers.length === 1 ? 'once' : `${answers.length} times`;
  const { statusCode, retryAfter } = last;
  const answer = retryAfter === undefined ? 'served' : `Retry-After: ${Number(retryAfter)}`;
  return `The BROWSER knocked at the fallback tier ${times}; the last answer: ${Number(statusCode)}, ${answer}.`;
}
