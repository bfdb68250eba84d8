import type { Row } from '#capture/row.ts';

/** What one user sees, a message or the place of messages that never came. */
export type LogLine =
  | { readonly id: number; readonly from: string; readonly text: string }
  | { readonly missing: number };

export type Pane = {
  readonly user: string;
  readonly state: 'never' | 'open' | 'lost' | 'closed';
  /** The server has cut this user off for now. */
  readonly isAway: boolean;
  readonly log: readonly LogLine[];
  readonly problem: string | undefined;
};

/** The users of the chat that was opened last; undefined: none was yet. */
export function openedChat(rows: readonly Row[]) {
  const opened = rows.findLast(({ kind, data }) => kind === 'app' && data['name'] === 'chat');
  if (opened === undefined) return undefined;
  const by = String(opened.data['by']);
  const users = String(opened.data['users']).split(', ');
  const since = rows.filter(({ number }) => number >= opened.number);
  return { by, panes: users.map((user) => paneOf(user, since, rows)) };
}

function paneOf(user: string, since: readonly Row[], rows: readonly Row[]): Pane {
  const own = since.filter(({ kind, data }) => kind === 'app' && data['user'] === user);
  const last = (...names: string[]) =>
    own.findLast(({ data }) => names.includes(String(data['name'])));
  const absence = rows.findLast(
    ({ kind, data }) =>
      kind === 'server' &&
      data['user'] === user &&
      ['cut-off', 'reachable'].includes(String(data['name'])),
  );
  const problem = last('refused', 'sent')?.data['reason'];
  return {
    user,
    state: (last('open', 'lost', 'closed')?.data['name'] ?? 'never') as Pane['state'],
    isAway: absence?.data['name'] === 'cut-off',
    log: logOf(own),
    problem: typeof problem === 'string' ? problem : undefined,
  };
}

/** A room counts its messages, so that a gap shows. */
function logOf(own: readonly Row[]): readonly LogLine[] {
  const cleared = own.findLastIndex(({ data }) => data['name'] === 'cleared');
  const received = own.slice(cleared + 1).filter(({ data }) => data['name'] === 'received');
  return received.flatMap(({ data }, index): LogLine[] => {
    const id = Number(data['id']);
    const before = Number(received[index - 1]?.data['id'] ?? id - 1);
    const line = { id, from: String(data['from']), text: String(data['text']) };
    return id - before > 1 ? [{ missing: id - before - 1 }, line] : [line];
  });
}
