import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';

import { decodeCapsule, encodeCapsule } from '#capture/export/capsule.ts';
import { harFromRows } from '#capture/export/har.ts';
import { encodePcapng } from '#capture/export/pcapng.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { harProblems } from '#tests/capture/export/har-checks.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { skipWithoutTshark, tshark, tsharkFaults } from './tshark.ts';

const BEGAN_AT = Date.UTC(2026, 10, 23, 12);

/** A run of the demo server with an echo, a box that refuses it, and a fetch. */
async function realRun(): Promise<readonly WireEvent[]> {
  const client = await startDemoServer();
  const run = await client.beginRun('echo');
  const watcher = await client.watch(run);
  const webSocket = await client.openWebSocket(`/live/${run}/echo/ws?fragments=3`);
  webSocket.send('x'.repeat(3000));
  await once(webSocket, 'message');
  await client.send('POST', `/live/${run}/echo/ping`, { data: 'are you there?' });
  await watcher.note('pong');
  webSocket.close(4001, 'enough');
  await once(webSocket, 'close');
  await assert.rejects(client.openWebSocket(`/live/${run}/echo/via/strip-upgrade/ws`), /426/);
  await watcher.until((events) => {
    const open = events.filter(({ kind }) => kind === 'open').length;
    return open === 4 && events.filter(({ kind }) => kind === 'close').length === open;
  });
  // The watcher's octets are views of Node's own kind.
  return watcher.events.map((event) =>
    event.kind === 'octets' ? { ...event, octets: Uint8Array.from(event.octets) } : event,
  );
}

describe('a run of the demo server, exported', () => {
  let events: readonly WireEvent[] = [];
  before(async () => {
    events = await realRun();
  });

  it('is a pcapng in which tshark finds every frame and no fault', async (t) => {
    if (skipWithoutTshark) {
      t.skip(skipWithoutTshark);
      return;
    }
    const file = encodePcapng(events, { beganAt: BEGAN_AT });
    assert.deepEqual(await tsharkFaults(file), []);
    const read = await tshark(file, ['-Y', 'websocket', '-T', 'fields', '-e', 'websocket.opcode']);
    const theirs = read.split(/[\n,]/).filter((opcode) => opcode !== '');
    const ours = rowsOf(events).flatMap(({ detail }) =>
      detail?.type === 'frame' ? [detail.frame.opcode] : [],
    );
    assert.deepEqual(theirs.map(Number).sort(), ours.sort());
    // A message up, three fragments down, ping and pong, two Close frames.
    assert.equal(ours.length, 8);
  });

  it('is a HAR 1.2 with an entry on each hop', () => {
    const har = harFromRows(rowsOf(events), { beganAt: BEGAN_AT, version: 'test' });
    assert.deepEqual(harProblems(har), []);
    const hops = har.log.entries.map(({ _hop, _sender }) => `${_hop} ${_sender}`);
    assert.deepEqual(hops.sort(), ['0 BROWSER', '0 BROWSER', '0 BROWSER', '1 BOX']);
    assert.equal(har.log.entries[0]?._webSocketClosed?.code, 4001);
  });

  it('is a capsule that opens to the same rows', () => {
    const capsule = decodeCapsule(
      encodeCapsule({
        demo: 'echo',
        made: new Date(BEGAN_AT).toISOString(),
        build: 'test',
        browser: 'ws',
        parameters: {},
        events,
        page: [],
      }),
    );
    assert.deepEqual(rowsOf(capsule.events), rowsOf(events));
  });
});
