import type { Row } from '#capture/row.ts';

/** What the server's program counted for one wallet, and what the script knows of it. */
export type PressResult = {
  readonly wallet: number;
  readonly method: string;
  readonly withKey: boolean;
  readonly sends: number;
  readonly applied: number;
  readonly balance: number;
  /** Status code of the answer that came in the end. */
  readonly answer: string | undefined;
  readonly isOver: boolean;
};

const FIRST_BALANCE = 100;

/** Reads all wallets of a run, in order: counters from the server's notes, never from the page's word. */
export function pressesOf(rows: readonly Row[]): PressResult[] {
  const reports = rows.filter(({ kind }) => kind === 'app').map(({ data }) => data);
  const begins = reports.filter(({ name }) => name === 'wallet');
  return begins.map((begin, index) => {
    const next = begins[index + 1];
    const own = reports.slice(
      reports.indexOf(begin) + 1,
      next === undefined ? undefined : reports.indexOf(next),
    );
    const named = (...names: string[]) => own.filter(({ name }) => names.includes(String(name)));
    const wallet = Number(begin['wallet']);
    const notes = rows
      .filter(({ kind, data }) => kind === 'server' && data['wallet'] === wallet)
      .map(({ data }) => data);
    const answer = named('answer').at(-1)?.['statusCode'];
    return {
      wallet,
      method: String(begin['method']),
      withKey: begin['key'] === true,
      sends: named('send').length,
      applied: notes.filter(({ name }) => name === 'applied').length,
      balance: Number(notes.at(-1)?.['balance'] ?? FIRST_BALANCE),
      answer: typeof answer === 'number' ? String(answer) : undefined,
      isOver: named('done', 'error').length > 0,
    };
  });
}
