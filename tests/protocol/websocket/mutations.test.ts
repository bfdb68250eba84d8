import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concatOctets, hexFromOctets } from '#protocol/octets.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { Random } from '#tests/support/random.ts';
import { assertTiles } from '#tests/support/three-ways.ts';
import { receiveWithWs } from '#tests/support/ws-codec.ts';
import { frameVerdict, type FrameVerdict } from './frame-verdict.ts';
import { legalMessage, masked } from './legal-message.ts';

const MESSAGES = 10_000;

type Mutation = (random: Random, octets: Uint8Array) => Uint8Array;

const at = (random: Random, octets: Uint8Array) => random.integer(0, octets.length - 1);

const Mutations: readonly [Mutation, ...Mutation[]] = [
  function flipsABit(random, octets) {
    const place = at(random, octets);
    octets[place] = (octets[place] ?? 0) ^ (1 << random.integer(0, 7));
    return octets;
  },
  function flipsABitOfTheFirstHeader(random, octets) {
    const place = random.integer(0, 1);
    octets[place] = (octets[place] ?? 0) ^ (1 << random.integer(0, 7));
    return octets;
  },
  function leavesAnOctetOut(random, octets) {
    const place = at(random, octets);
    return concatOctets([octets.subarray(0, place), octets.subarray(place + 1)]);
  },
  function putsOctetsIn(random, octets) {
    const place = at(random, octets);
    const more = random.octets(random.integer(1, 3));
    return concatOctets([octets.subarray(0, place), more, octets.subarray(place)]);
  },
  function cutsTheEndOff(random, octets) {
    return octets.subarray(0, at(random, octets));
  },
  function saysAPieceTwice(random, octets) {
    const place = at(random, octets);
    const piece = octets.subarray(place, place + random.integer(1, 20));
    return concatOctets([octets.subarray(0, place), piece, octets.subarray(place)]);
  },
  function closesInBetween(random, octets) {
    const body = random.octets(random.integer(0, 4));
    const close = masked(random, { opcode: Opcode.close, applicationData: body });
    return random.boolean() ? concatOctets([octets, close]) : concatOctets([close, octets]);
  },
  function changesNothing(_random, octets) {
    return octets;
  },
];

/**
 * The close code that ws has to answer with, from our verdict and the differences that are known:
 *
 * 1. ws does not look at how a length is written.
 * 2. ws has one answer, 1009, to lengths above 2^53, whether their first bit is 1 or not.
 * 3. ws reads nothing after a Close.
 * 4. ws judges a text when its message ends, we at the octet (RFC 6455 §8.1 allows both).
 * 5. ws judges a frame's place among the others from its header on, we when the frame is whole.
 *
 * @returns `unknown` where a header is cut off: ws judges it by its first two octets already.
 */
function expectedOfWs({ elements, byElement }: FrameVerdict): number | 'unknown' | undefined {
  let isOpen = false;
  let isBadText = false;
  for (const [index, element] of elements.entries()) {
    const header = element.type === 'frame' ? element.frame : element.header;
    if (header === undefined) return 'unknown';
    const codes = (byElement[index] ?? []).filter(
      ({ code }) => code !== 'PAYLOAD_LENGTH_NOT_MINIMAL' && code !== 'PAYLOAD_LENGTH_TOP_BIT',
    );
    const { opcode, fin } = header;
    const isMisplaced = isOpen ? opcode === 1 || opcode === 2 : opcode === 0;
    const other = codes.find(({ code }) => code !== 'TEXT_NOT_UTF8');
    if (isMisplaced) return 1002;
    if (other?.closeCode !== undefined) return other.closeCode;
    if (header.payloadLength > Number.MAX_SAFE_INTEGER) return 1009;
    if (element.type === 'unread') return undefined;
    isBadText ||= codes.some(({ code }) => code === 'TEXT_NOT_UTF8');
    if (opcode === Opcode.close) return undefined;
    if (opcode > Opcode.binary) continue;
    if (fin && isBadText) return 1007;
    isOpen = !fin;
  }
  return undefined;
}

describe('mutated streams of frames', () => {
  it(`are laid out without a gap and judged as ws does, over ${MESSAGES} messages`, async () => {
    const random = new Random(6455);
    const seen = { alike: 0, refused: 0, unknown: 0, otherwise: 0 };
    for (let round = 0; round < MESSAGES; round++) {
      const mutate = random.pick(Mutations);
      const octets = mutate(random, Uint8Array.from(concatOctets(legalMessage(random))));
      const verdict = frameVerdict(octets, 'client');
      assertTiles(verdict.elements, octets);
      const expected = expectedOfWs(verdict);
      const theirs = await receiveWithWs(octets, true);
      const about = `${round} ${mutate.name} ${hexFromOctets(octets.subarray(0, 200))}`;
      if (expected === 'unknown') {
        assert.ok([undefined, 1002].includes(theirs.failedWith), about);
        seen.unknown++;
        continue;
      }
      assert.equal(theirs.failedWith, expected, about);
      if (theirs.failedWith !== undefined) seen.refused++;
      if (theirs.failedWith === verdict.violations[0]?.closeCode) seen.alike++;
      else seen.otherwise++;
      if (verdict.violations.length > 0) continue;
      const ours = verdict.messages.map(({ applicationData }) => Buffer.from(applicationData));
      assert.deepEqual(
        ours,
        theirs.messages.map(({ data }) => data),
        about,
      );
    }
    assert.ok(seen.refused > MESSAGES / 4 && seen.alike > MESSAGES / 2, JSON.stringify(seen));
  });
});
