import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const TEXT = '{"seq":1,"text":"Hello"}\n{"seq":2,"text":"half a €"}\n{"seq":3,"text":"goodbye"}\n';

/** Sizes of the chunks of the response as the page gets it. */
async function chunkSizes(path: string): Promise<{ sizes: number[]; text: string }> {
  const run = await client.beginRun('chunks');
  const raw = await client.exchangeRaw(
    `GET /live/${run}/chunks/${path}lines HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n` +
      'Connection: close\r\n\r\n',
  );
  const [, body = ''] = /\r\n\r\n([^]*)$/.exec(raw) ?? [];
  const sizes: number[] = [];
  let text = '';
  // RFC 9112 §7.1: size in hex, line end, data, line end.
  for (let at = 0; at < body.length;) {
    const [line = '', hex = ''] = /^([0-9a-f]+)\r\n/.exec(body.slice(at)) ?? assert.fail(body);
    const size = Number.parseInt(hex, 16);
    if (size === 0) break;
    text += body.slice(at + line.length, at + line.length + size);
    sizes.push(size);
    at += line.length + size + 2;
  }
  return { sizes, text: Buffer.from(text, 'latin1').toString('utf8') };
}

describe('the demo chunks', () => {
  it('writes three lines as three chunks', async () => {
    const { sizes, text } = await chunkSizes('');
    assert.equal(text, TEXT);
    assert.deepEqual(
      sizes,
      TEXT.split(/(?<=\n)/).map((line) => Buffer.byteLength(line)),
    );
  });

  it('has the same octets in other chunks behind rechunk', async () => {
    const cut = await chunkSizes('via/rechunk;size=16;waitMs=0/');
    assert.equal(cut.text, TEXT);
    assert.ok(cut.sizes.length >= 6 && cut.sizes.every((size) => size <= 16));
    const joined = await chunkSizes('via/rechunk;size=1000;waitMs=5000/');
    assert.deepEqual([joined.sizes.length, joined.text], [1, TEXT]);
  });
});
