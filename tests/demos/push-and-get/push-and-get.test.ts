import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/push-and-get/demo.ts';
import { looksOf } from '#demos/push-and-get/looks.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

type Seen = { version: number; afterMs?: number; isAgain?: boolean; fromCache?: boolean };

const seen = ({ version, afterMs = 20, isAgain = false, fromCache = false }: Seen): RowDraft => ({
  kind: 'app',
  data: { name: 'seen', version, afterMs, isAgain, fromCache },
});
const three = [seen({ version: 2 }), seen({ version: 3 }), seen({ version: 4 })];
const challenge = demo.challenges[0]!;
const met = (drafts: readonly RowDraft[]) =>
  evaluate(challenge, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Best of both', () => {
  it('is solved by three versions in time, and one look that took nothing', () => {
    const rows = [...three, seen({ version: 4, isAgain: true, fromCache: true })];
    assert.deepEqual(met(rows), ['in-time', 'for-nothing']);
  });

  it('is not solved where each look is a message, nor where nothing may be stored', () => {
    assert.deepEqual(met([...three, seen({ version: 4, isAgain: true })]), ['in-time']);
  });

  it('is not solved by versions that came late, nor by one version three times', () => {
    const again = seen({ version: 2, isAgain: true, fromCache: true });
    const late = [2, 3, 4].map((version) => seen({ version, afterMs: 301 }));
    assert.deepEqual(met([...late, again]), ['for-nothing']);
    assert.deepEqual(met([...[1, 2, 3].map(() => seen({ version: 2 })), again]), ['for-nothing']);
  });
});

describe('a look', () => {
  const at = (t: number, draft: RowDraft): RowDraft => ({ ...draft, t });
  const octets = (length: number) => new Uint8Array(length);

  it('took the frames and the GET in its time, and none of what else went on', () => {
    const get = { exchange: 0, requestTarget: '/live/x/push-and-get/snapshots/2' };
    const rows = writtenRows([
      at(100, { kind: 'ws.frame', connection: 1, octets: octets(40), data: {} }),
      at(101, {
        kind: 'http.req.head',
        connection: 2,
        octets: octets(400),
        data: { exchange: 1, requestTarget: '/live/x/push-and-get/changes' },
      }),
      at(102, { kind: 'http.req.head', connection: 3, octets: octets(500), data: get }),
      at(110, {
        kind: 'http.res.head',
        connection: 3,
        octets: octets(120),
        data: { exchange: 0 },
      }),
      at(111, {
        kind: 'http.res.body',
        connection: 3,
        octets: octets(2000),
        data: { exchange: 0 },
      }),
      at(115, seen({ version: 2, afterMs: 15 })),
      at(900, seen({ version: 2, afterMs: 3, isAgain: true, fromCache: true })),
    ]);
    assert.deepEqual(looksOf(rows), [
      { version: 2, isAgain: false, afterMs: 15, octets: 2660 },
      { version: 2, isAgain: true, afterMs: 3, octets: 0 },
    ]);
  });

  it('took them where the page’s clock is behind, too, and not what came long after', () => {
    const frame = (t: number, length: number) =>
      at(t, { kind: 'ws.frame', connection: 1, octets: octets(length), data: {} });
    const rows = writtenRows([
      at(75, seen({ version: 2, afterMs: 15 })),
      frame(101, 40),
      frame(4000, 8),
    ]);
    assert.equal(looksOf(rows)[0]?.octets, 40);
  });
});
