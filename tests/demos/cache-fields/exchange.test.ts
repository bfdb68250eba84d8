import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { stretchOf } from '#demo/stretches.ts';
import { exchangeIn } from '#demos/cache-fields/exchange.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const exchange = (t: number, number: number, statusCode: number): RowDraft[] => [
  {
    t,
    kind: 'http.req.head',
    hop: 0,
    connection: 1,
    direction: 'up',
    octets: new Uint8Array(400),
    data: { exchange: number, requestTarget: '/live/x/cache-fields/resource' },
  },
  {
    t: t + 2,
    kind: 'http.res.head',
    hop: 0,
    connection: 1,
    direction: 'down',
    octets: new Uint8Array(150),
    data: { exchange: number, statusCode },
  },
];

/** A load of 10 ms that asked, one that did not, and one that asked again. */
const rows: readonly Row[] = writtenRows([...exchange(1003, 0, 200), ...exchange(3003, 1, 304)]);
const loads = [
  { from: 1000, until: 1010 },
  { from: 2000, until: 2001 },
  { from: 3000, until: 3010 },
];
const wanted = [
  { up: 400, down: 150, statusCode: 200 },
  { up: 0, down: 0, statusCode: undefined },
  { up: 400, down: 150, statusCode: 304 },
];

describe('what a load took on the wire', () => {
  // A message from the server takes so long at least: by that the page’s clock is behind.
  for (const behind of [0, 9, 40, 250]) {
    it(`is found with a page’s clock that is ${behind} ms behind`, () => {
      const seen = loads.map(({ from, until }) => ({ from: from - behind, until: until - behind }));
      assert.deepEqual(
        seen.map((_, index) => exchangeIn(rows, stretchOf(seen, index))),
        wanted,
      );
    });
  }
});
