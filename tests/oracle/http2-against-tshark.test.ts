import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodePcapng } from '#capture/export/pcapng.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { skipWithoutTshark, tshark, tsharkFaults } from './tshark.ts';

const BEGAN_AT = Date.UTC(2026, 10, 25, 12);
provideHttp2();
const client = await startDemoServer();

async function runOf(demo: string): Promise<readonly WireEvent[]> {
  const run = await client.beginRun(demo);
  await client.send('POST', `/runs/${run}/robot`);
  const watcher = await client.watch(run);
  await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
  return watcher.events;
}

type Layers = { readonly [name: string]: string | Layers | readonly (string | Layers)[] };

/** All values of a field in what tshark says as JSON, in order. */
function valuesOf(tree: unknown, field: string): string[] {
  if (Array.isArray(tree)) return tree.flatMap((one) => valuesOf(one, field));
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree as Layers).flatMap(([name, value]) =>
    name === field && typeof value === 'string' ? [value] : valuesOf(value, field),
  );
}

describe('an exported run with HTTP/2', { skip: skipWithoutTshark }, () => {
  for (const demo of ['http2-heads', 'no-101']) {
    it(`of ${demo} has the frames and header fields that tshark reads`, async () => {
      const events = await runOf(demo);
      const file = encodePcapng(events, { beganAt: BEGAN_AT });
      assert.deepEqual(await tsharkFaults(file), []);
      const json = await tshark(file, ['-Y', 'http2', '-T', 'json', '--no-duplicate-keys']);
      const packets = JSON.parse(json) as unknown;
      const frames = rowsOf(events).filter(({ kind }) => kind === 'h2.frame');
      const ours = (name: string) => frames.map(({ data }) => String(data[name]));
      assert.deepEqual(valuesOf(packets, 'http2.type').sort(), ours('typeCode').sort());
      const byNumber = (texts: string[]) => texts.map(Number).sort((a, b) => a - b);
      assert.deepEqual(byNumber(valuesOf(packets, 'http2.length')), byNumber(ours('length')));
      const fields = frames.flatMap(({ data }) =>
        Object.entries((data['fields'] ?? {}) as Record<string, string>),
      );
      assert.deepEqual(
        valuesOf(packets, 'http2.header.name').sort(),
        fields.map(([name]) => name).sort(),
      );
      assert.deepEqual(
        valuesOf(packets, 'http2.header.value').sort(),
        fields.map(([, value]) => value).sort(),
      );
      assert.ok(fields.length > 8);
    });
  }
});
