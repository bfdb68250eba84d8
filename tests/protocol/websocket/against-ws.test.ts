import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import { frameViolations } from '#protocol/websocket/frame-violations.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { MessageAssembler, type Message } from '#protocol/websocket/message-assembler.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { concatOctets, octetsFromHex } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';
import { frameByWs, receiveWithWs } from '#tests/support/ws-codec.ts';
import { legalMessage, masked } from './legal-message.ts';

type Reading = { readonly messages: readonly Message[]; readonly codes: readonly number[] };

/** Our reading of octets that a client sent. */
function readOurs(octets: Uint8Array): Reading {
  const assembler = new MessageAssembler();
  const messages: Message[] = [];
  const codes: number[] = [];
  for (const element of new FrameReader().push(octets)) {
    assert.equal(element.type, 'frame');
    if (element.type !== 'frame') continue;
    const { frame } = element;
    const { message, violations } = assembler.push(frame);
    const close =
      frame.opcode === Opcode.close ? decodeCloseBody(frame.applicationData) : undefined;
    const all = [...frameViolations(frame, 'client'), ...violations, ...(close?.violations ?? [])];
    codes.push(...all.flatMap(({ closeCode }) => closeCode ?? []));
    if (message !== undefined) messages.push(message);
  }
  return { messages, codes };
}

describe('our WebSocket codec and ws', () => {
  it('read the same messages from the frames that we write', async () => {
    const random = new Random(8441);
    for (let round = 0; round < 60; round++) {
      const octets = concatOctets(Array.from({ length: 5 }, () => legalMessage(random)).flat());
      const ours = readOurs(octets);
      const theirs = await receiveWithWs(octets, true);
      assert.equal(theirs.failedWith, undefined);
      assert.deepEqual(ours.codes, []);
      assert.deepEqual(
        ours.messages.map(({ type, applicationData }) => [
          type === 'binary',
          Buffer.from(applicationData),
        ]),
        theirs.messages.map(({ isBinary, data }) => [isBinary, data]),
      );
    }
  });

  it('agree on the frames that ws writes', () => {
    const random = new Random(13);
    for (const length of [0, 1, 125, 126, 127, 65535, 65536, 70_000]) {
      for (const mask of [true, false]) {
        const data = random.octets(length);
        const opcode = random.pick([Opcode.text, Opcode.binary, Opcode.continuation]);
        const octets = frameByWs(data, { fin: random.boolean(), opcode, mask });
        const [element] = new FrameReader().push(octets);
        assert.ok(element?.type === 'frame');
        const { frame } = element;
        assert.deepEqual(Buffer.from(frame.applicationData), Buffer.from(data));
        const key = frame.maskingKey && { maskingKey: frame.maskingKey };
        const again = encodeFrame({ opcode, fin: frame.fin, applicationData: data, ...key });
        assert.deepEqual(Buffer.from(again), octets);
      }
    }
  });

  it('answer every close code alike', async () => {
    for (let closeCode = 0; closeCode <= 5100; closeCode += closeCode < 1100 ? 1 : 97) {
      const body = Uint8Array.of(closeCode >> 8, closeCode & 255);
      const frame = masked(new Random(closeCode), { opcode: Opcode.close, applicationData: body });
      const { failedWith } = await receiveWithWs(frame, true);
      assert.equal(readOurs(frame).codes[0], failedWith, String(closeCode));
    }
  });

  /** Curriculum B.3, and what else breaks one rule. The key is 0, so the payload reads as it is. */
  const broken = [
    ['an unmasked frame', '81 05 48 65 6c 6c 6f', 1002],
    ['RSV1 without extension', 'c1 80 00 00 00 00', 1002],
    ['RSV2', 'a1 80 00 00 00 00', 1002],
    ['opcode 3', '83 80 00 00 00 00', 1002],
    ['opcode 11', '8b 80 00 00 00 00', 1002],
    ['a continuation first', '80 80 00 00 00 00', 1002],
    ['a text inside a text', '01 80 00 00 00 00 81 80 00 00 00 00', 1002],
    ['a ping of 126 octets', `89 fe 00 7e 00 00 00 00 ${'00'.repeat(126)}`, 1002],
    ['a fragmented ping', '09 80 00 00 00 00', 1002],
    ['a text of ff fe', '81 82 00 00 00 00 ff fe', 1007],
    ['half a euro at the end of a message', '81 82 00 00 00 00 e2 82', 1007],
    ['half a euro, then another octet', '01 82 00 00 00 00 e2 82 80 81 00 00 00 00 41', 1007],
    ['a surrogate in UTF-8', '81 83 00 00 00 00 ed a0 80', 1007],
    ['a close body of one octet', '88 81 00 00 00 00 03', 1002],
    ['a close reason that is not UTF-8', '88 83 00 00 00 00 03 e8 ff', 1007],
  ] as const;
  for (const [id, hex, closeCode] of broken) {
    it(`both close with ${closeCode} after ${id}`, async () => {
      const octets = octetsFromHex(hex);
      assert.equal((await receiveWithWs(octets, true)).failedWith, closeCode);
      assert.equal(readOurs(octets).codes[0], closeCode);
    });
  }

  it('differ on a length in more bits than needed, which ws lets pass (RFC 6455 §5.2)', async () => {
    const octets = octetsFromHex('81 fe 00 05 00 00 00 00 48 65 6c 6c 6f');
    assert.equal((await receiveWithWs(octets, true)).failedWith, undefined);
    assert.deepEqual(readOurs(octets).codes, [1002]);
  });

  it('agree on whether mutated streams break a rule', async () => {
    const random = new Random(1002);
    let legal = 0;
    for (let round = 0; round < 400; round++) {
      const frames = legalMessage(random);
      const frame = frames[random.integer(0, frames.length - 1)] ?? new Uint8Array(1);
      // Only bits of the first octet: another length would need other octets.
      frame[0] = (frame[0] ?? 0) ^ (1 << random.integer(0, 7));
      const octets = concatOctets(frames);
      const theirs = await receiveWithWs(octets, true);
      const ours = readOurs(octets);
      const isClose = new FrameReader()
        .push(octets)
        .some((element) => element.type === 'frame' && element.frame.opcode === Opcode.close);
      // After a Close ws reads nothing, we read on.
      if (isClose) continue;
      assert.equal(ours.codes[0], theirs.failedWith, Buffer.from(octets).toString('hex'));
      if (theirs.failedWith === undefined) legal++;
    }
    assert.ok(legal > 0, 'some mutations stay legal');
  });
});
