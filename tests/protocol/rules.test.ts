import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocketViolationCodes, webSocketViolation } from '#protocol/websocket/violation.ts';
import { RequestFixtures, ResponseFixtures } from '#tests/fixtures/handshake-violations.ts';
import { DeflateFixtures, FrameViolationFixtures } from '#tests/fixtures/web-socket-violations.ts';

/**
 * Section of RFC 6455 → fixtures that break it, or why a capture can't show that it is broken.
 *
 * Not covered: a Close that is never answered, and TCP left open after both (§5.5.1). Rows show both
 * by what is missing; no violation names them, as nothing says how long an answer may take.
 */
const Rules: Readonly<Record<string, readonly string[] | { readonly notShown: string }>> = {
  '5.1': ['an unmasked frame from a client', 'a masked frame from a server'],
  '5.2': [
    'RSV1 that nobody agreed on',
    'RSV2',
    'RSV3',
    'opcode 3',
    'opcode f',
    '5 octets whose length stands in 16 bits',
    '126 octets whose length stands in 64 bits',
    'a 64-bit length that begins with a 1',
  ],
  '5.3': { notShown: 'That a masking key could not be foreseen can be seen in no number of keys.' },
  '5.4': ['a continuation of nothing', 'a text inside a text'],
  '5.5': ['a ping in two fragments', 'a ping of 126 octets'],
  '5.5.1': [
    'a text after Close',
    'a second Close',
    'a Close body of one octet',
    'a close reason that is not UTF-8',
  ],
  '5.5.2': {
    notShown: 'A Ping has no deadline; the row of its Pong points to it, or none ever does.',
  },
  '5.5.3': {
    notShown: 'A Pong with other data than any Ping is one that nobody asked for, which is legal.',
  },
  '5.6': ['a text of ff fe', 'a character that the next fragment breaks'],
  '5.8': ['RSV1 that nobody agreed on', 'RSV1 on a ping', 'RSV1 on the second fragment'],
  '6.1': ['a text after Close', 'an unmasked frame from a client', 'a continuation of nothing'],
  '6.2': { notShown: 'What a receiver makes of frames it keeps to itself.' },
  '7.1.2': ['a Close body of one octet', 'a second Close'],
  '7.1.5': ['a second Close', 'close code 1005'],
  '7.1.6': ['a close reason that is not UTF-8'],
  '7.1.7': {
    notShown: 'Failing has one octet sequence at most, a Close, which is judged as such.',
  },
  '7.2.1': { notShown: 'It says when a client must fail: what it then does is 7.1.7.' },
  '7.2.2': { notShown: 'It says when a server must fail: what it then does is 7.1.7.' },
  '7.4.1': [
    'close code 1004',
    'close code 1005',
    'close code 1006',
    'close code 1015',
    'close code 1010 from a server',
  ],
  '7.4.2': ['close code 0', 'close code 999', 'close code 2999', 'close code 5000'],
};

/** Those of RFC 6455 §5 to §7 whose text holds a MUST or MUST NOT. */
const SectionsWithMust = [
  ...['5.1', '5.2', '5.3', '5.4', '5.5', '5.5.1', '5.5.2', '5.5.3', '5.6', '5.8'],
  ...['6.1', '6.2', '7.1.2', '7.1.7', '7.2.1', '7.2.2', '7.4.1'],
];

const fixtures = [
  ...FrameViolationFixtures,
  ...RequestFixtures,
  ...ResponseFixtures,
  ...DeflateFixtures,
];

describe('the rules of RFC 6455 and RFC 7692', () => {
  it('have a fixture with its source for every violation', () => {
    const covered = new Set<string>(fixtures.flatMap(({ codes }) => codes));
    assert.deepEqual(
      WebSocketViolationCodes.filter((code) => !covered.has(code)),
      [],
    );
    for (const { id, source } of fixtures) assert.match(source, /RFC \d+ §/, id);
  });

  it('are covered section by section, §5 to §7', () => {
    for (const section of SectionsWithMust) assert.ok(Rules[section], `nothing on §${section}`);
    const ids = new Set(FrameViolationFixtures.map(({ id }) => id));
    for (const [section, cases] of Object.entries(Rules)) {
      if ('notShown' in cases) continue;
      assert.ok(cases.length > 0, section);
      for (const id of cases) assert.ok(ids.has(id), `${section}: no fixture ${id}`);
    }
  });

  it('cite a section of §5 to §7 only if the table knows it', () => {
    for (const code of WebSocketViolationCodes) {
      const [, section] = /^RFC 6455 §([567][\d.]*)$/.exec(webSocketViolation(code).section) ?? [];
      if (section === undefined) continue;
      const cases = Rules[section];
      assert.ok(Array.isArray(cases), `${code}: ${section}`);
      const shows = FrameViolationFixtures.some(
        ({ id, codes }) => cases.includes(id) && codes.includes(code),
      );
      assert.ok(shows, `${code} has no case in ${section}`);
    }
  });

  it('have ids of their own', () => {
    const ids = FrameViolationFixtures.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
