import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { headViolations } from '#protocol/http/head-violations.ts';
import { responseFraming } from '#protocol/http/framing.ts';
import { MessageReader } from '#protocol/http/message-reader.ts';
import type { MessageElement } from '#protocol/http/message-element.ts';
import { HttpSyntaxCodes, HttpViolationCodes } from '#protocol/http/violation.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import {
  HttpSyntaxFixtures,
  HttpViolationFixtures,
  type HttpFixture,
} from '#tests/fixtures/http-violations.ts';
import { assertTiles, joinPieces } from '#tests/support/three-ways.ts';

const all = [...HttpViolationFixtures, ...HttpSyntaxFixtures];

function read({ sentBy, text }: HttpFixture, pieceLength: number): MessageElement[] {
  const octets = octetsFromLatin1(text);
  const reader =
    sentBy === 'client'
      ? new MessageReader('request')
      : new MessageReader('response', (head) => responseFraming(head, 'GET'));
  const elements: MessageElement[] = [];
  for (let at = 0; at < octets.length; at += pieceLength) {
    elements.push(...reader.push(octets.slice(at, at + pieceLength)));
  }
  reader.end();
  for (let next = reader.next(); next !== undefined; next = reader.next()) elements.push(next);
  const joined = joinPieces(elements);
  assertTiles(joined, octets);
  return joined;
}

function codesOf(element: MessageElement): string[] {
  switch (element.type) {
    case 'head':
      return [...headViolations(element.head), ...element.framing.violations].map(
        ({ code }) => code,
      );
    case 'chunk-size':
    case 'chunk-end':
    case 'trailer-section':
      return element.violations.map(({ code }) => code);
    case 'unread':
      return [element.code];
    default:
      return [];
  }
}

/** The first thing that is wrong: what follows it is a matter of what one makes of it. */
function firstCodes(elements: readonly MessageElement[]): string[] {
  return elements.map(codesOf).find((codes) => codes.length > 0) ?? [];
}

describe('what HTTP/1.1 forbids is named (RFC 9112)', () => {
  for (const fixture of all) {
    it(`${fixture.id}: ${fixture.codes.join(', ')} (${fixture.source})`, () => {
      assert.deepEqual(firstCodes(read(fixture, fixture.text.length)), fixture.codes);
      if (fixture.text.length > 1000) return;
      assert.deepEqual(firstCodes(read(fixture, 1)), fixture.codes, 'octet by octet');
    });
  }

  it('has a fixture for every code', () => {
    const covered = new Set<string>(all.flatMap(({ codes }) => codes));
    const codes = [...HttpViolationCodes, ...HttpSyntaxCodes];
    assert.deepEqual(
      codes.filter((code) => !covered.has(code)),
      [],
    );
  });
});

describe('node:http and the same requests', () => {
  let server: Server;
  before(async () => {
    server = createServer((request, response) => {
      request.on('error', () => undefined).on('end', () => response.end());
      request.resume();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  /** Sends the octets and no more; a refusal is a 4xx, or an end without an answer. */
  const verdict = async (text: string): Promise<'accepts' | 'refuses'> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    let answer = '';
    socket.on('data', (octets: Buffer) => (answer += octets.toString('latin1')));
    socket.on('error', () => undefined);
    socket.end(Buffer.from(text, 'latin1'));
    await closed;
    return answer.startsWith('HTTP/1.1 200') ? 'accepts' : 'refuses';
  };

  for (const { id, text, node, because } of all.filter(({ sentBy }) => sentBy === 'client')) {
    it(`${node} ${id}${because === undefined ? '' : `: ${because}`}`, async () => {
      assert.equal(await verdict(text), node);
      assert.equal(node === 'accepts', because !== undefined, 'a difference has a reason');
    });
  }
});
