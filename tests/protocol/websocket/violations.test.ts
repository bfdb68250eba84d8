import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import * as ws from 'ws';
import { decodeRequestHead, decodeResponseHead } from '#protocol/http/head.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import {
  requestHandshakeViolations,
  responseHandshakeViolations,
} from '#protocol/websocket/handshake.ts';
import { MessageInflater } from '#protocol/websocket/permessage-deflate.ts';
import {
  RequestFixtures,
  ResponseFixtures,
  RfcRequest,
  RfcResponse,
  type HandshakeFixture,
} from '#tests/fixtures/handshake-violations.ts';
import { DeflateFixtures, FrameViolationFixtures } from '#tests/fixtures/web-socket-violations.ts';
import { crlf } from '#tests/support/octets-of.ts';
import { receiveWithWs } from '#tests/support/ws-codec.ts';
import { frameVerdict } from './frame-verdict.ts';

const codesOf = (violations: readonly { readonly code: string }[]) =>
  violations.map(({ code }) => code);

describe('what frames and messages break is named, and what ws makes of it', () => {
  for (const fixture of FrameViolationFixtures) {
    const { id, source, sentBy, codes, extensions = [], because } = fixture;
    it(`${id}: ${codes.join(', ')} (${source})${because ? `; ${because}` : ''}`, async () => {
      const octets = octetsFromHex(fixture.hex);
      const { violations } = frameVerdict(octets, sentBy, extensions);
      assert.deepEqual(codesOf(violations), codes);
      assert.equal(violations[0]?.offset, fixture.offset);
      const { failedWith } = await receiveWithWs(octets, sentBy === 'client');
      assert.equal(failedWith, fixture.ws);
      const agree = failedWith === violations[0]?.closeCode;
      assert.equal(agree, because === undefined, 'a difference has a reason');
    });
  }
});

describe('what compressed messages break is named, and what ws makes of it', () => {
  for (const { id, source, hex, codes, ws: closeCode } of DeflateFixtures) {
    it(`${id}: ${codes.join(', ')} (${source})`, async () => {
      const bomb = deflateRawSync(new Uint8Array(2 ** 20 + 1), { level: 9 });
      const payload = hex === undefined ? Uint8Array.from(bomb) : octetsFromHex(hex);
      const inflater = new MessageInflater({ takesOver: true, windowBits: 15 });
      const { violations } = inflater.push({
        type: 'binary',
        compressed: true,
        applicationData: payload,
        fragments: 1,
      });
      assert.deepEqual(codesOf(violations), codes);
      assert.equal(violations[0]?.closeCode, closeCode);
      assert.equal(await inflateWithWs(payload), closeCode);
    });
  }
});

describe('what handshakes break is named', () => {
  it('finds nothing wrong with the example (RFC 6455 §1.2, §1.3)', () => {
    assert.deepEqual(handshakeCodes({}), { request: [], response: [] });
  });

  for (const fixture of RequestFixtures) {
    it(`${fixture.id}: ${fixture.codes.join(', ')} (${fixture.source})`, () => {
      assert.deepEqual(handshakeCodes(fixture).request, fixture.codes);
    });
  }
  for (const fixture of ResponseFixtures) {
    it(`${fixture.id}: ${fixture.codes.join(', ')} (${fixture.source})`, () => {
      assert.deepEqual(handshakeCodes(fixture).response, fixture.codes);
    });
  }
});

describe('what ws answers to those requests', () => {
  let server: Server;
  before(async () => {
    server = createServer((_request, response) => response.writeHead(426).end());
    new ws.WebSocketServer({ server, perMessageDeflate: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  for (const { id, request, ws: statusCode } of RequestFixtures) {
    it(`${statusCode} to ${id}`, async () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.write(crlf(RfcRequest.replace(...(request ?? ['', '']))));
      const [octets] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      assert.equal(Number(octets.toString('latin1').split(' ')[1]), statusCode);
    });
  }
});

function handshakeCodes({ request, response }: Partial<HandshakeFixture>) {
  const asked = decodeRequestHead(crlf(RfcRequest.replace(...(request ?? ['', '']))))?.head;
  const answered = decodeResponseHead(crlf(RfcResponse.replace(...(response ?? ['', '']))))?.head;
  assert.ok(asked && answered);
  return {
    request: codesOf(requestHandshakeViolations(asked, { isBrowser: true })),
    response: codesOf(responseHandshakeViolations(asked, answered)),
  };
}

type Inflater = new (options: object) => {
  accept(configurations: object[]): void;
  decompress(data: Buffer, fin: boolean, callback: (error: Error | null) => void): void;
  cleanup(): void;
};

/** The close code of ws when it inflates as a client; it exports its codec, its types leave it out. */
async function inflateWithWs(payload: Uint8Array): Promise<number | undefined> {
  const { PerMessageDeflate } = ws as unknown as { readonly PerMessageDeflate: Inflater };
  const extension = new PerMessageDeflate({ isServer: false, maxPayload: 2 ** 20 });
  extension.accept([{}]);
  const error = await new Promise<Error | null>((resolve) =>
    extension.decompress(Buffer.from(payload), true, resolve),
  );
  extension.cleanup();
  if (error === null) return undefined;
  const symbol = Object.getOwnPropertySymbols(error).find(
    ({ description }) => description === 'status-code',
  );
  return symbol && (error as unknown as Record<symbol, number>)[symbol];
}
