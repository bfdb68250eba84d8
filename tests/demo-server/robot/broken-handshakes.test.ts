import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

import { goOnErrand, type Seen } from './errands.ts';

const client = await startDemoServer();

type Case = {
  readonly handshake: string | boolean;
  readonly what: string;
  /** What came back: from `ws`, or where it saw no upgrade from the echo. */
  readonly statusCode: number;
  readonly fields?: Readonly<Record<string, string>>;
  /** What we say a strict server answers; `undefined` where nothing was asked of it. */
  readonly strictly: 101 | 400 | 405 | 426 | 'ordinary' | undefined;
  readonly codes: readonly string[];
};

const asksToUpgrade = { upgrade: 'websocket', connection: 'Upgrade, close' };

const cases: readonly Case[] = [
  {
    handshake: 'good',
    what: 'the good handshake (RFC 6455 §4.1)',
    statusCode: 101,
    strictly: 101,
    codes: [],
  },
  {
    handshake: 'version-12',
    what: 'version 12: ws says 400 and two versions, RFC 6455 §4.2.2 says 426',
    statusCode: 400,
    fields: { 'sec-websocket-version': '13, 8' },
    strictly: 426,
    codes: ['VERSION_NOT_13', 'STATUS_CODE_NOT_101'],
  },
  {
    handshake: 'no-key',
    what: 'no key (RFC 6455 §4.2.1)',
    statusCode: 400,
    strictly: 400,
    codes: ['KEY_MISSING', 'STATUS_CODE_NOT_101'],
  },
  {
    handshake: 'short-key',
    what: 'a key of 8 octets (RFC 6455 §4.2.1)',
    statusCode: 400,
    strictly: 400,
    codes: ['KEY_NOT_16_OCTETS', 'STATUS_CODE_NOT_101'],
  },
  {
    handshake: 'no-connection-upgrade',
    what: 'Upgrade that Connection does not name: an ordinary request (RFC 9110 §7.8)',
    statusCode: 426,
    fields: asksToUpgrade,
    strictly: 'ordinary',
    codes: ['CONNECTION_WITHOUT_UPGRADE', 'STATUS_CODE_NOT_101'],
  },
  {
    handshake: 'no-upgrade',
    what: 'no Upgrade: an ordinary request (RFC 9110 §7.8)',
    statusCode: 426,
    fields: asksToUpgrade,
    strictly: undefined,
    codes: [],
  },
  {
    handshake: 'post',
    what: 'POST (RFC 6455 §4.2.1)',
    statusCode: 405,
    strictly: 405,
    codes: ['METHOD_NOT_GET', 'STATUS_CODE_NOT_101'],
  },
  {
    handshake: 'http-1.0',
    what: 'HTTP/1.0: ws says 101, RFC 9110 §7.8 has Upgrade ignored',
    statusCode: 101,
    strictly: 'ordinary',
    codes: ['HTTP_VERSION_TOO_LOW'],
  },
  {
    handshake: false,
    what: 'no handshake at all',
    statusCode: 426,
    fields: asksToUpgrade,
    strictly: undefined,
    codes: [],
  },
];

function rowsOf({ watcher }: Seen): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of watcher.events) reader.pushWire(event);
  return reader.rows;
}

const codesOf = (row: Row | undefined): string[] =>
  ((row?.data['violations'] ?? []) as readonly { readonly code: string }[]).map(({ code }) => code);

describe('the robot: handshakes that no browser sends', () => {
  for (const { handshake, what, statusCode, fields = {}, strictly, codes } of cases) {
    it(`${what}: ${String(statusCode)}`, async () => {
      // A Close ends what was upgraded, so that nothing waits for a clock.
      const seen = await goOnErrand(client, {
        handshake,
        frames: ['888000000000'],
        waitMs: 10_000,
      });
      const rows = rowsOf(seen);
      const request = rows.find(({ kind }) => kind === 'http.req.head');
      const response = rows.find(({ kind }) => kind === 'http.res.head');
      const verdict = rows.find(({ kind }) => kind === 'ws.handshake');
      assert.deepEqual([request?.sender, response?.sender], ['ROBOT', 'SERVER']);
      assert.equal(response?.data['statusCode'], statusCode);
      const answered = response.data['fields'] as Record<string, string>;
      for (const [name, value] of Object.entries(fields)) assert.equal(answered[name], value, name);
      assert.equal(
        (verdict?.data['strictly'] as { answer?: unknown } | undefined)?.answer,
        strictly,
      );
      assert.deepEqual(codesOf(verdict), codes);
      assert.equal(verdict?.data['accepted'] ?? false, statusCode === 101);
      assert.equal((seen.report as { statusCode: number }).statusCode, statusCode);
      assert.equal(seen.up, statusCode === 101 ? '888000000000' : '');
    });
  }

  it('are those that the server has a name for, and no other', async () => {
    const run = await client.beginRun('echo');
    for (const handshake of ['', 'toString', 'GET / HTTP/1.1', 1, null, ['good']]) {
      const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, { handshake });
      assert.equal(statusCode, 400);
      assert.match(text, /one of good, version-12/);
    }
  });
});
