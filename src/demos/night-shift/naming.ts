import type { Row } from '#capture/row.ts';
import { causeOf, Causes, type Cause, type LogName } from './logs.ts';

/** For a log out of which nobody could tell. */
export const UNSAID = 'this log does not say';

const WORDS = { server: 'server', app: 'app version', currency: 'orders in' } as const;

/** A cause in words: `server C`, `app version 4.2`, `orders in SEK`. */
export const wordsFor = ({ field, value }: Cause): string => `${WORDS[field]} ${value}`;

/** What can be named. */
export const Answers: readonly string[] = [...Causes.map(wordsFor), UNSAID];

/** What is right to say of a log. */
export function rightAnswer(seed: number, log: LogName): string {
  return log === 'sockets' ? UNSAID : wordsFor(causeOf(seed, log));
}

export type Naming = {
  readonly log: string;
  readonly cause: string;
  readonly isRight: boolean;
  readonly clicks: number;
};

/** What has been named of the nights of one seed. */
export function namingsOf(rows: readonly Row[], seed: number): readonly Naming[] {
  return rows
    .filter(({ kind, data }) => kind === 'app' && data['name'] === 'named' && data['seed'] === seed)
    .map(({ data }) => ({
      log: String(data['log']),
      cause: String(data['cause']),
      isRight: data['isRight'] === true,
      clicks: Number(data['clicks']),
    }));
}
