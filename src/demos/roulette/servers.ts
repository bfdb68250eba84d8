import type { Row } from '#capture/row.ts';

/** One server process, by the notes of the balancer and the heads that crossed. */
export type Server = {
  readonly name: string;
  readonly process: number | undefined;
  readonly state: 'up' | 'draining' | 'gone';
  /** Requests of the last round of them. */
  readonly requests: number;
  /** Numbers of the clients whose WebSocket is there, or was when it was counted. */
  readonly clients: readonly number[];
};

/** What was counted in the end. */
export type Count = {
  readonly sent: number;
  readonly missing: number;
  readonly sockets: number;
  readonly onNew: number;
};

/** The servers of the last round, in the order of their names. */
export function serversOf(rows: readonly Row[]): readonly Server[] {
  const servers = new Map<string, { process?: number; state: Server['state'] }>();
  const requests = new Map<string, number>();
  let asked: unknown;
  let isCounted = false;
  const seats = new Map<number, { readonly server: string; readonly connection: number }>();
  for (const { kind, data, connection = 0 } of rows) {
    const server = String(data['server']);
    const name = kind === 'app' || kind === 'server' || kind === 'box' ? data['name'] : undefined;
    // Counting is the round's end: the clients hang up then.
    if (kind === 'tcp.close' && !isCounted) {
      for (const [client, seat] of seats) if (seat.connection === connection) seats.delete(client);
    }
    switch (name) {
      case 'round-begun':
        servers.clear();
        requests.clear();
        seats.clear();
        isCounted = false;
        break;
      case 'counted':
        isCounted = true;
        break;
      case 'server-started':
        servers.set(server, { process: Number(data['process']), state: 'up' });
        break;
      case 'draining':
        servers.set(server, { ...servers.get(server), state: 'draining' });
        break;
      case 'killed':
      case 'server-ended':
        servers.set(server, { ...servers.get(server), state: 'gone' });
        break;
      case 'sent-on':
        if (data['round'] !== asked) requests.clear();
        asked = data['round'];
        requests.set(server, (requests.get(server) ?? 0) + 1);
        break;
      case 'placed':
        seats.set(Number(data['client']), { server, connection });
        break;
    }
  }
  return [...servers].sort().map(([name, { process, state }]) => ({
    name,
    process,
    state,
    requests: requests.get(name) ?? 0,
    clients: [...seats].filter(([, { server }]) => server === name).map(([client]) => client),
  }));
}

/** The last count, if the last round has been counted. */
export function countOf(rows: readonly Row[]): Count | undefined {
  const last = rows.findLast(
    ({ kind, data }) =>
      (kind === 'app' && data['name'] === 'round') ||
      (kind === 'server' && data['name'] === 'counted'),
  );
  if (last?.kind !== 'server') return undefined;
  const figure = (name: string) => Number(last.data[name]);
  return {
    sent: figure('sent'),
    missing: figure('missing'),
    sockets: figure('sockets'),
    onNew: figure('onNew'),
  };
}
