import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { decodeRequestHead, decodeResponseHead } from '#protocol/http/head.ts';
import {
  acceptForKey,
  requestHandshakeViolations,
  responseHandshakeViolations,
} from '#protocol/websocket/handshake.ts';
import { sha1 } from '#protocol/websocket/sha1.ts';
import { crlf } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';

/** RFC 6455 §1.2, with the extension of RFC 7692 §7.1 offered. */
const REQUEST = `GET /chat HTTP/1.1
Host: server.example.com
Upgrade: websocket
Connection: keep-alive, Upgrade
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Origin: http://example.com
Sec-WebSocket-Protocol: chat, superchat
Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
Sec-WebSocket-Version: 13

`;
const RESPONSE = `HTTP/1.1 101 Switching Protocols
Upgrade: WebSocket
Connection: upgrade
Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
Sec-WebSocket-Protocol: chat
Sec-WebSocket-Extensions: permessage-deflate

`;

const requestHead = (text: string) => {
  const decoded = decodeRequestHead(crlf(text));
  assert.ok(decoded);
  return decoded.head;
};
const responseHead = (text: string) => {
  const decoded = decodeResponseHead(crlf(text));
  assert.ok(decoded);
  return decoded.head;
};
const request = requestHead(REQUEST);

describe('sha1', () => {
  it('agrees with node:crypto on every length around a block', () => {
    const random = new Random(1);
    for (let length = 0; length < 200; length++) {
      const octets = random.octets(length);
      assert.deepEqual(Buffer.from(sha1(octets)), createHash('sha1').update(octets).digest());
    }
  });
});

describe('acceptForKey', () => {
  it('computes the example of RFC 6455 §1.3', () => {
    assert.equal(acceptForKey('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});

describe('requestHandshakeViolations (RFC 6455 §4.1)', () => {
  it('finds nothing wrong with the example of the RFC', () => {
    assert.deepEqual(requestHandshakeViolations(request), []);
  });

  for (const [was, is, code] of [
    ['GET /chat', 'POST /chat', 'METHOD_NOT_GET'],
    ['/chat HTTP/1.1', '/chat HTTP/1.0', 'HTTP_VERSION_TOO_LOW'],
    ['Host: server.example.com\n', '', 'HOST_MISSING'],
    ['Upgrade: websocket', 'Upgrade: h2c', 'UPGRADE_NOT_WEBSOCKET'],
    ['keep-alive, Upgrade', 'keep-alive', 'CONNECTION_WITHOUT_UPGRADE'],
    ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n', '', 'KEY_MISSING'],
    ['dGhlIHNhbXBsZSBub25jZQ==', 'c2hvcnQ=', 'KEY_NOT_16_OCTETS'],
    ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZR==', 'KEY_NOT_16_OCTETS'],
    ['Origin: http://example.com', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'KEY_REPEATED'],
    ['Version: 13', 'Version: 12', 'VERSION_NOT_13'],
    // A vertical tab is no white space (RFC 9110 §5.6.3).
    ['chat, superchat', 'chat,\x0bsuperchat', 'SUBPROTOCOL_NOT_TOKEN'],
    ['Upgrade: websocket', 'Upgrade: websocket\x0b', 'UPGRADE_NOT_WEBSOCKET'],
    ['Sec-WebSocket-Version: 13\n', '', 'VERSION_NOT_13'],
  ] as const) {
    it(`names ${code} for ${JSON.stringify(is)}`, () => {
      const violations = requestHandshakeViolations(requestHead(REQUEST.replace(was, is)));
      assert.deepEqual(
        violations.map((one) => one.code),
        [code],
      );
    });
  }
});

describe('responseHandshakeViolations (RFC 6455 §4.1)', () => {
  it('finds nothing wrong with the example of the RFC', () => {
    assert.deepEqual(responseHandshakeViolations(request, responseHead(RESPONSE)), []);
  });

  for (const [was, is, code] of [
    ['101 Switching Protocols', '200 OK', 'STATUS_CODE_NOT_101'],
    ['Upgrade: WebSocket', 'Upgrade: h2c', 'UPGRADE_NOT_WEBSOCKET'],
    ['Connection: upgrade', 'Connection: close', 'CONNECTION_WITHOUT_UPGRADE'],
    ['Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n', '', 'ACCEPT_MISSING'],
    ['s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 's3pPLMBiTxaQ9kYGzzhZRbK+xOO=', 'ACCEPT_WRONG'],
    ['Protocol: chat', 'Protocol: Chat', 'SUBPROTOCOL_NOT_OFFERED'],
    ['permessage-deflate', 'x-webkit-deflate-frame', 'EXTENSION_NOT_OFFERED'],
  ] as const) {
    it(`names ${code} for ${JSON.stringify(is)}`, () => {
      const response = responseHead(RESPONSE.replace(was, is));
      const violations = responseHandshakeViolations(request, response);
      assert.deepEqual(
        violations.map((one) => one.code),
        [code],
      );
    });
  }
});
