import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { maskedFrame } from '#tests/demo-server/wire-tap/tapped-server.ts';

import { goOnErrand } from './errands.ts';

const client = await startDemoServer();

const FIN = 0x80;
const [CONTINUATION, TEXT, BINARY, CLOSE, PING] = [0x0, 0x1, 0x2, 0x8, 0x9] as const;

const frame = (firstOctet: number, payload: string | readonly number[]) =>
  maskedFrame(firstOctet, Buffer.from(payload as string)).toString('hex');
const closeFrame = (code: number, reason = '') =>
  frame(FIN | CLOSE, [code >> 8, code & 0xff, ...Buffer.from(reason)]);
/** As on the wire, written down by hand. */
const closes = (code: number) => `8802${code.toString(16).padStart(4, '0')}`;

type Case = {
  readonly what: string;
  readonly frames: readonly string[];
  readonly down: string;
  readonly closeCode?: number;
  /** What `ws` does, where RFC 6455 asks for something else. */
  readonly kind?: 'observed';
};

const cases: readonly Case[] = [
  {
    what: 'an unmasked frame (RFC 6455 §5.1; the octets of §5.7)',
    frames: ['810548656c6c6f'],
    down: closes(1002),
    closeCode: 1002,
  },
  ...[0x40, 0x20, 0x10].map((bit) => ({
    what: `reserved bit ${bit.toString(16)} without an extension (§5.2)`,
    frames: [frame(FIN | bit | TEXT, 'Hello')],
    down: closes(1002),
    closeCode: 1002,
  })),
  ...[3, 7, 11, 15].map((opcode) => ({
    what: `the reserved opcode ${String(opcode)} (§5.2)`,
    frames: [frame(FIN | opcode, 'Hello')],
    down: closes(1002),
    closeCode: 1002,
  })),
  {
    what: 'a continuation of nothing (§5.4)',
    frames: [frame(FIN | CONTINUATION, 'lo')],
    down: closes(1002),
    closeCode: 1002,
  },
  {
    what: 'a new message within a fragmented one (§5.4)',
    frames: [frame(TEXT, 'Hel'), frame(FIN | TEXT, 'lo')],
    down: closes(1002),
    closeCode: 1002,
  },
  {
    what: 'a Ping of 126 octets (§5.5)',
    frames: [frame(FIN | PING, 'p'.repeat(126))],
    down: closes(1002),
    closeCode: 1002,
  },
  {
    what: 'a fragmented Ping (§5.5)',
    frames: [frame(PING, 'p')],
    down: closes(1002),
    closeCode: 1002,
  },
  {
    what: 'text that is not UTF-8 (§8.1)',
    frames: [frame(FIN | TEXT, [0xff, 0xfe])],
    down: closes(1007),
    closeCode: 1007,
  },
  {
    what: 'text that ends within a character (§8.1)',
    frames: [frame(FIN | TEXT, [0xe2, 0x82])],
    down: closes(1007),
    closeCode: 1007,
  },
  {
    what: 'a head that announces more than 1 MiB (§7.4.1)',
    frames: ['82ff000000000010000137fa213d'],
    down: closes(1009),
    closeCode: 1009,
  },
  {
    what: 'a 64-bit length with its top bit set (§5.2)',
    frames: ['82ff800000000000000137fa213d'],
    down: closes(1009),
    closeCode: 1009,
    kind: 'observed',
  },
  {
    what: '5 octets in the 16-bit length form (§5.2)',
    frames: ['81fe000537fa213d7f9f4d5158'],
    down: '810548656c6c6f',
    kind: 'observed',
  },
  ...[1005, 1006, 5000, 999].map((code) => ({
    what: `a Close with ${String(code)} (§7.4)`,
    frames: [closeFrame(code)],
    down: closes(1002),
    closeCode: 1002,
  })),
  {
    what: 'a Close with a body of one octet (§5.5.1)',
    frames: [frame(FIN | CLOSE, [3])],
    down: closes(1002),
    closeCode: 1002,
  },
  {
    what: 'octets that are HTTP again after the 101 (§5.2)',
    frames: [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n').toString('hex')],
    down: closes(1002),
    closeCode: 1002,
  },
];

const legal: readonly Case[] = [
  { what: 'Hello', frames: [frame(FIN | TEXT, 'Hello')], down: '810548656c6c6f' },
  {
    what: 'a Ping between two fragments: the Pong comes first (§5.4)',
    frames: [frame(TEXT, 'Hel'), frame(FIN | PING, 'p'), frame(FIN | CONTINUATION, 'lo')],
    down: '8a0170810548656c6c6f',
  },
  {
    what: 'a character over two fragments (§5.4)',
    frames: [frame(TEXT, [0xe2]), frame(FIN | CONTINUATION, [0x82, 0xac])],
    down: '8103e282ac',
  },
  { what: 'an empty binary message', frames: [frame(FIN | BINARY, '')], down: '8200' },
  {
    what: 'a Close with 1000 and a reason (§5.5.1)',
    frames: [closeFrame(1000, 'bye')],
    down: '880503e8627965',
    closeCode: 1000,
  },
  { what: 'a Close with 4999', frames: [closeFrame(4999)], down: closes(4999), closeCode: 4999 },
  { what: 'a Close without a body (§5.5.1)', frames: [frame(FIN | CLOSE, '')], down: '8800' },
];

const EMPTY_CLOSE = '8800';

describe('the robot: what the echo answers on the wire', () => {
  for (const { what, frames, down, closeCode, kind } of [...legal, ...cases]) {
    it(`to ${what}: ${down}${kind === undefined ? '' : ', as ws does'}`, async () => {
      // What leaves the connection open is followed by a Close, so that nothing waits for a clock.
      const ends = closeCode !== undefined || down === EMPTY_CLOSE;
      const sent = ends ? frames : [...frames, closeFrame(1000)];
      const seen = await goOnErrand(client, { frames: sent, waitMs: 10_000 });
      assert.equal(seen.down, ends ? down : `${down}${closes(1000)}`);
      assert.equal(seen.up, sent.join(''));
      assert.deepEqual([seen.sender, seen.hop], ['ROBOT', 0]);
      assert.match(seen.statusLine, /^HTTP\/1\.1 101 /);
      const code = down === EMPTY_CLOSE ? {} : { closeCode: closeCode ?? 1000 };
      assert.deepEqual(seen.report, { statusCode: 101, closed: true, ...code });
    });
  }
});
