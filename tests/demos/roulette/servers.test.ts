import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { countOf, serversOf } from '#demos/roulette/servers.ts';

const row = (kind: Row['kind'], name: string, data: object, connection = 0): Row => ({
  number: 1,
  t: 0,
  kind,
  vantage: 'server',
  connection,
  data: { name, ...data },
});
const begun = [
  row('server', 'round-begun', {}),
  ...['A', 'B'].map((server, index) => row('server', 'server-started', { server, process: index })),
];

describe('the table of servers', () => {
  it('counts the requests of the last round alone', () => {
    const sent = (server: string, round: number) => row('box', 'sent-on', { server, round });
    const rows = [...begun, sent('A', 1), sent('B', 1), sent('A', 2), sent('B', 2), sent('A', 2)];
    assert.deepEqual(
      serversOf(rows).map(({ requests }) => requests),
      [2, 1],
    );
  });

  it('follows a client from one server to another, and forgets who has gone', () => {
    const placed = (client: number, server: string, connection: number) =>
      row('box', 'placed', { client, server }, connection);
    const rows = [
      ...begun,
      placed(1, 'A', 11),
      placed(2, 'A', 12),
      placed(1, 'B', 13),
      // The old connection's end comes after the new one's begin.
      row('tcp.close', '', {}, 11),
      row('tcp.close', '', {}, 12),
    ];
    assert.deepEqual(
      serversOf(rows).map(({ clients }) => clients),
      [[], [1]],
    );
  });

  it('keeps where the clients were when they were counted, until a new round', () => {
    const rows = [
      ...begun,
      row('box', 'placed', { client: 1, server: 'B' }, 11),
      row('server', 'counted', { sent: 1, missing: 0, sockets: 1, onNew: 0 }),
      row('tcp.close', '', {}, 11),
    ];
    const clients = (list: readonly Row[]) => serversOf(list).map((server) => server.clients);
    assert.deepEqual(clients(rows), [[], [1]]);
    const next = row('box', 'placed', { client: 2, server: 'A' }, 12);
    assert.deepEqual(clients([...rows, ...begun, next, row('tcp.close', '', {}, 12)]), [[], []]);
  });

  it('begins anew with a round, and knows who drains and who is gone', () => {
    const rows = [
      row('server', 'server-started', { server: 'D', process: 9 }),
      ...begun,
      row('server', 'draining', { server: 'A' }),
      row('server', 'killed', { server: 'B' }),
    ];
    assert.deepEqual(
      serversOf(rows).map(({ name, state }) => [name, state]),
      [
        ['A', 'draining'],
        ['B', 'gone'],
      ],
    );
  });

  it('has a count until the next round', () => {
    const counted = row('server', 'counted', { sent: 30, missing: 1, sockets: 10, onNew: 50 });
    assert.deepEqual(countOf([counted]), { sent: 30, missing: 1, sockets: 10, onNew: 50 });
    assert.equal(countOf([counted, row('app', 'round', {})]), undefined);
  });
});
