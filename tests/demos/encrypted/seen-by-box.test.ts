import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { seenByBox } from '#demos/encrypted/seen-by-box.ts';

const rowsOf = (...rows: readonly (Pick<Row, 'kind' | 'data'> & { hop?: number })[]): Row[] =>
  rows.map((row, index) => ({ number: index + 1, t: index, vantage: 'wire', ...row }));

const errand = (secure: boolean) => ({ box: 'buffer', ask: 'WebSocket', secure });
const app = (name: string, data: Row['data']) =>
  ({ kind: 'app', data: { name, ...data } }) as const;
const record = (hop: number, data: Row['data']) => ({ kind: 'tls.record', hop, data }) as const;

describe('what a box could read', () => {
  const rows = rowsOf(
    app('ask', errand(false)),
    { kind: 'http.req.head', hop: 0, data: { fields: { upgrade: 'websocket' } } },
    { kind: 'http.res.head', hop: 0, data: { fields: {} } },
    { kind: 'http.req.head', hop: 1, data: { fields: {} } },
    app('answer', { ...errand(false), statusCode: 200, updates: 0 }),
    app('ask', errand(true)),
    record(0, { contentType: 'handshake', length: 196, serverName: 'localhost' }),
    record(0, { contentType: 'application_data', length: 50 }),
    record(1, { contentType: 'application_data', length: 50 }),
    { kind: 'http.req.head', hop: 2, data: { fields: { upgrade: 'websocket' } } },
  );

  it('is heads and fields in the clear', () => {
    const { answer, ...seen } = seenByBox(rows, false)!;
    assert.deepEqual(seen, {
      ...errand(false),
      heads: 2,
      upgrade: 'websocket',
      records: 0,
      sealed: 0,
      serverName: undefined,
    });
    assert.equal(answer?.statusCode, 200);
  });

  it('is records inside TLS, whose content counts as sealed where it is', () => {
    const seen = seenByBox(rows, true);
    assert.deepEqual(seen, {
      ...errand(true),
      heads: 0,
      upgrade: undefined,
      records: 2,
      sealed: 50,
      serverName: 'localhost',
    });
  });

  it('is of the newest errand of its kind, and nothing before there was one', () => {
    assert.equal(seenByBox([], true), undefined);
    const twice = [...rows, { ...rowsOf(app('ask', errand(true)))[0]!, t: 20 }];
    assert.equal(seenByBox(twice, true)?.records, 0);
  });
});
