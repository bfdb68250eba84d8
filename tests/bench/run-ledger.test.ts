import assert from 'node:assert/strict';
import { it } from 'node:test';
import { RowStore } from '#bench/row-store.ts';
import { RunLedger } from '#bench/run-ledger.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

const Request = octetsFromLatin1('GET / HTTP/1.1\r\nHost: a\r\n\r\n');

/** More than two blocks of rows, of which about half fit the store. */
const SENT = 8000;

it('a ledger counts on when the oldest rows are let go', () => {
  const script = new EventScript().open(1);
  for (let sent = 0; sent < SENT; sent++) script.octets(1, 'up', Request);
  const { events } = script;
  const store = new RowStore({ weight: SENT * 400, madeRows: 8192 });
  const ledger = new RunLedger();
  for (let at = 0; at < events.length; at += 100) {
    store.addWire(events.slice(at, at + 100));
    ledger.readOn(store);
  }
  assert.equal(store.rows[0]?.kind, 'dropped');
  assert.equal(ledger.ledger.exchanges, SENT);
  assert.equal(ledger.ledger.up.head, SENT * Request.length);
});
