import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchOctets, layersBelow } from '#capture/batch-octets.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const octets = (length: number) => ({ octets: new Uint8Array(length) });
const head = (connection: number, requestTarget: string, length: number): RowDraft => ({
  kind: 'http.req.head',
  direction: 'up',
  connection,
  data: { requestTarget },
  ...octets(length),
});
const down = (
  connection: number,
  kind: RowDraft['kind'],
  length: number,
  data: RowDraft['data'] = {},
): RowDraft => ({ kind, direction: 'down', connection, data, ...octets(length) });

const keyOf = (target: string) => /^\/(\w+)$/.exec(target)?.[1];

describe('the octets of a batch', () => {
  it('are those of every exchange with its key, on whichever connection', () => {
    const rows = writtenRows([
      head(1, '/poll', 100),
      head(2, '/poll', 101),
      down(2, 'http.res.head', 50),
      down(1, 'http.res.head', 50),
      down(1, 'http.res.body', 5),
      head(1, '/else/where', 900),
      down(1, 'http.res.head', 900),
    ]);
    const { heads, after, exchanges, polls, pushes } = batchOctets(rows, keyOf).get('poll')!;
    assert.deepEqual([heads, after, exchanges], [301, 5, 2]);
    // A head and its content are one write.
    assert.deepEqual(
      polls.map(({ length }) => length),
      [100, 101, 50, 55],
    );
    assert.deepEqual(pushes, []);
    assert.equal(batchOctets(rows, keyOf).size, 1);
  });

  it('have each chunk and frame once, and not how they ended', () => {
    const rows = writtenRows([
      head(1, '/events', 100),
      down(1, 'http.res.head', 50),
      down(1, 'http.chunk', 26, { dataLength: 20 }),
      down(1, 'sse.event', 20),
      down(1, 'http.chunk', 5, { dataLength: 0 }),
      down(1, 'http.res.body', 0, { chunked: true, length: 20 }),
      head(2, '/socket', 100),
      down(2, 'http.res.head', 50),
      down(2, 'ws.frame', 7, { opcode: 1 }),
      down(2, 'ws.message', 5),
      down(2, 'ws.frame', 4, { opcode: 8 }),
    ]);
    const batches = batchOctets(rows, keyOf);
    assert.deepEqual([batches.get('events')?.after, batches.get('events')?.last], [26, 26]);
    assert.deepEqual([batches.get('socket')?.after, batches.get('socket')?.last], [7, 7]);
    assert.equal(batches.get('events')?.pushes.length, 1);
  });
});

it('the layers below add 22 a record and 52 a segment (RFC 8446 §5.2)', () => {
  // A TLS tap saw 29 octets down for Hello, and two records for 20,000; 2026.
  assert.deepEqual(layersBelow([{ length: 7 }]), { tls: 22, tcp: 52 });
  assert.equal(layersBelow([{ length: 20_004 }]).tls, 44);
  assert.equal(layersBelow([{ length: 1427 }]).tcp, 104);
});
