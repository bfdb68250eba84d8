import assert from 'node:assert/strict';

import type { Sender } from '#capture/wire-event.ts';
import type { Client, Watcher } from '#tests/demo-server/running-server.ts';

/** What the wire channel showed of one robot, and what its page was told. */
export type Seen = {
  readonly report: unknown;
  readonly sender: Sender;
  readonly hop: number;
  readonly requestHead: string;
  readonly statusLine: string;
  /** After the heads, in hex. */
  readonly up: string;
  readonly down: string;
  readonly watcher: Watcher;
};

/** Sends a robot on an errand in a run of its own, and reads the run when it is back. */
export async function goOnErrand(client: Client, errand: unknown, demo = 'echo'): Promise<Seen> {
  const run = await client.beginRun(demo);
  const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, errand);
  assert.equal(statusCode, 200, text);
  const watcher = await client.watch(run);
  await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
  const open = watcher.events.find((event) => event.kind === 'open');
  assert.ok(open);
  const [requestHead, up] = split(watcher.text('up', open.connection));
  const [responseHead, down] = split(watcher.text('down', open.connection));
  const [statusLine = ''] = responseHead.split('\r\n');
  const { sender, hop } = open;
  return { report: JSON.parse(text), sender, hop, requestHead, statusLine, up, down, watcher };
}

function split(text: string): [head: string, rest: string] {
  const end = text.indexOf('\r\n\r\n') + 4;
  return [text.slice(0, end), Buffer.from(text.slice(end), 'latin1').toString('hex')];
}
