import type { Row } from '#capture/row.ts';

/** One request that was sent: what the script asked for, and what became of it, layer by layer. */
export type Trial = {
  readonly server: string;
  readonly asked: string;
  /** The method in the octets; undefined while none have come. */
  readonly sent: string | undefined;
  readonly statusCode: string | undefined;
  readonly handlerCalls: number;
};

/** Reads the trials of a run: from octets and the server's notes, not from what the script was told. */
export function trialsOf(rows: readonly Row[]): Trial[] {
  const asked = rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'send');
  const heads = headsOf(rows);
  return asked.map(({ data }, index) => {
    const head = heads[index];
    const answer = rows.find(
      (row) => row.kind === 'http.res.head' && head !== undefined && row.answers === head.number,
    );
    return {
      server: String(data['server']),
      asked: String(data['method']),
      sent: head && String(head.data['method']),
      statusCode: answer && String(answer.data['statusCode']),
      handlerCalls: callsAfter(rows, head, heads[index + 1]),
    };
  });
}

/**
 * The head of each trial: requests are sent one at a time, so one that had no answer when the next came
 * was sent again. Browsers do so on a connection whose server has just closed it.
 */
function headsOf(rows: readonly Row[]): Row[] {
  const isAnswered = ({ number }: Row) =>
    rows.some(({ kind, answers }) => kind === 'http.res.head' && answers === number);
  return rows
    .filter(
      ({ kind, data }) =>
        kind === 'http.req.head' && String(data['requestTarget']).includes('/send-update/'),
    )
    .filter((head, index, heads) => index === heads.length - 1 || isAnswered(head));
}

/** Requests are sent one at a time, so a call belongs to the last head on its connection before it. */
function callsAfter(rows: readonly Row[], head: Row | undefined, next: Row | undefined): number {
  return rows.filter(
    ({ kind, t, data, connection }) =>
      kind === 'server' &&
      data['name'] === 'handler-called' &&
      head !== undefined &&
      connection === head.connection &&
      t >= head.t &&
      (next === undefined || t < next.t),
  ).length;
}
