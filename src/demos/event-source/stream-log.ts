import type { Row } from '#capture/row.ts';

/** A line of what the script saw, in milliseconds since it began to follow. */
export type Entry = { readonly at: number; readonly text: string };

/** What a user of the stream knows, read from the rows of a run, live or recorded. */
export type StreamSeen = {
  readonly isBegun: boolean;
  readonly log: readonly Entry[];
  readonly received: number;
  readonly last: number | undefined;
  readonly missing: number;
  readonly readyState: string | undefined;
  /** State of each of the seven tabs, by its number less one. */
  readonly tabs: readonly string[];
};

/** Reads the last stream, and the last seven, out of the rows. */
export function streamSeen(rows: readonly Row[]): StreamSeen {
  const all = rows.filter(({ kind }) => kind === 'app');
  const begun = all.findLastIndex(({ data }) => data['name'] === 'follow');
  const seen = begun < 0 ? [] : all.slice(begun);
  const updates = seen.filter(({ data }) => data['name'] === 'update');
  const { number, missing } = updates.at(-1)?.data ?? {};
  const states = seen.filter(({ data }) => typeof data['readyState'] === 'string');
  const tabs: string[] = [];
  for (const { data } of all) {
    if (data['name'] === 'tab') tabs[Number(data['tab']) - 1] = String(data['state']);
  }
  return {
    isBegun: begun >= 0,
    log: seen.flatMap(({ t, data }) => {
      const text = sentence(data);
      return text === undefined ? [] : [{ at: t - (seen[0]?.t ?? 0), text }];
    }),
    received: updates.length,
    last: typeof number === 'number' ? number : undefined,
    missing: Number(missing ?? 0),
    readyState: states.at(-1)?.data['readyState'] as string | undefined,
    tabs,
  };
}

function sentence(data: Row['data']): string | undefined {
  switch (data['name']) {
    case 'open':
      return 'Open.';
    case 'error':
      if (data['readyState'] === 'CONNECTING') return 'Error. The browser will try again.';
      if (data['readyState'] === 'CLOSED') return 'Error. EventSource has closed for good.';
      return `The stream broke: ${String(data['reason'])}.`;
    case 'refused':
      return `Answered with ${String(data['statusCode'])}.`;
    case 'ended':
      return `Answered with ${String(data['statusCode'])}: the script stops.`;
    case 'retry':
      return `The script tries again in ${String(data['afterMs'])} ms.`;
    case 'back':
      return `Numbers again, ${missingWords(Number(data['missing']))}.`;
    case 'stopped':
      return 'You stopped it.';
    default:
      return undefined;
  }
}

/** In words, how many numbers are missing. */
export const missingWords = (missing: number): string =>
  missing === 0 ? 'none missing' : `${missing} missing`;
