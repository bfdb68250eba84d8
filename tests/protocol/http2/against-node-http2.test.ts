import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { describe, it } from 'node:test';

import { FieldBlockDecoder } from '#protocol/hpack/field-block-decoder.ts';
import { FrameFlag, FrameType } from '#protocol/http2/frame.ts';
import { FrameReader, type FrameElement } from '#protocol/http2/frame-reader.ts';
import { frameViolations } from '#protocol/http2/frame-violations.ts';
import { payloadField } from '#protocol/http2/payload.ts';
import { concatOctets } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';
import { assertTiles, readInPieces } from '#tests/support/three-ways.ts';
import { connectHttp2 } from './loopback.ts';

const REQUESTS = 3000;

type Field = readonly [name: string, value: string];

/** Fields as a client may send them: few names, so that the table is used, and values of all kinds. */
function randomFields(random: Random): Field[] {
  const printable = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(random.integer(0x21, 0x7e))).join('');
  // Beyond ASCII too: the codes of more than 16 bits.
  const anyOctets = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(random.integer(0xa0, 0xff))).join('');
  const names = [
    'accept',
    'user-agent',
    'referer',
    'cookie',
    'x-trace',
    'x-demo-a',
    'etag',
    'range',
  ];
  return names
    .filter(() => random.boolean())
    .map((name) => {
      const value = random.pick([
        'always the same',
        printable(random.integer(1, 200)),
        anyOctets(random.integer(1, 40)),
        String(random.integer(0, 1_000_000)),
      ]);
      return [name, value] as const;
    });
}

/** The fields of each block in a direction's frames, as lines. */
function decodedBlocks(elements: readonly FrameElement[]): string[][] {
  const decoder = new FieldBlockDecoder();
  const fragments: Uint8Array[] = [];
  return elements.flatMap((element) => {
    if (element.type !== 'frame') return [];
    const { frame } = element;
    assert.deepEqual(frameViolations(frame), []);
    if (frame.type !== FrameType.headers && frame.type !== FrameType.continuation) return [];
    fragments.push(payloadField(frame, 'field-block-fragment'));
    if ((frame.flags & FrameFlag.endHeaders) === 0) return [];
    const { representations, error } = decoder.decode(concatOctets(fragments.splice(0)));
    assert.equal(error, undefined);
    return [
      representations.flatMap((one) =>
        one.type === 'table-size-update' ? [] : [`${one.field.name}: ${one.field.value}`],
      ),
    ];
  });
}

const pairs = (raw: readonly string[]) =>
  Array.from({ length: raw.length / 2 }, (_, index) => `${raw[2 * index]}: ${raw[2 * index + 1]}`);

describe(`${REQUESTS} requests between node:http2 and node:http2, on one connection`, () => {
  it('are laid out to the octet and hold the fields that Node reads, however they arrive', async () => {
    const random = new Random(9113);
    const received: string[][] = [];
    const loopback = await connectHttp2((stream, _headers, raw) => {
      received.push(pairs(raw));
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end('{}');
    });
    for (let count = 0; count < REQUESTS; count += 1) {
      const headers: http2.OutgoingHttpHeaders = {
        ':path': `/feed?after=${String(random.integer(0, 50))}`,
        ...Object.fromEntries(randomFields(random)),
      };
      if (random.boolean()) headers[http2.sensitiveHeaders as unknown as string] = ['x-trace'];
      const stream = loopback.client.request(headers);
      stream.resume();
      await once(stream, 'end');
    }
    await loopback.close();

    const [up, down] = [concatOctets(loopback.up), concatOctets(loopback.down)];
    for (const most of [1, 7, 100, 70_000]) {
      const reader = new FrameReader({ sentBy: 'client' });
      const elements = readInPieces<FrameElement>(
        (octets) => reader.push(octets),
        up,
        () => random.integer(1, most),
      );
      assertTiles(elements, up);
      assert.equal(elements[0]?.type, 'preface');
      assert.deepEqual(decodedBlocks(elements), received);
    }
    const answers = decodedBlocks(new FrameReader({ sentBy: 'server' }).push(down));
    assert.equal(answers.length, REQUESTS);
    for (const lines of answers) assert.equal(lines[0], ':status: 200');
  });
});

describe('a field block longer than a frame', () => {
  it('is put together from HEADERS and CONTINUATION (RFC 9113 §6.10)', async () => {
    let received: string[] = [];
    const loopback = await connectHttp2((stream, _headers, raw) => {
      received = pairs(raw);
      stream.respond({ ':status': 204 }, { endStream: true });
    });
    const stream = loopback.client.request({ ':path': '/', 'x-long': '!'.repeat(40_000) });
    await once(stream.resume(), 'end');
    await loopback.close();
    const elements = new FrameReader({ sentBy: 'client' }).push(concatOctets(loopback.up));
    const types = elements.flatMap((one) => (one.type === 'frame' ? [one.frame.type] : []));
    assert.ok(types.includes(FrameType.continuation));
    assert.deepEqual(decodedBlocks(elements), [received]);
  });
});
