import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectionReader } from '#protocol/http/connection-reader.ts';
import type { RequestHead } from '#protocol/http/head.ts';
import { strictAnswer } from '#protocol/websocket/handshake-answer.ts';
import { RfcRequest } from '#tests/fixtures/handshake-violations.ts';
import { crlf } from '#tests/support/octets-of.ts';

function changed(was: string, is: string): RequestHead {
  assert.ok(RfcRequest.includes(was), was);
  const [element] = new ConnectionReader().push('up', crlf(RfcRequest.replace(was, is)), 0);
  assert.ok(element?.type === 'head' && element.head.type === 'request');
  return element.head;
}

describe('what a strict server answers to an opening handshake', () => {
  for (const [what, was, is, answer, section] of [
    ['the example of RFC 6455 §1.2', 'GET', 'GET', 101, 'RFC 6455 §4.2.2'],
    ['another version', 'Version: 13', 'Version: 8', 426, 'RFC 6455 §4.2.2'],
    ['two versions', 'Version: 13', 'Version: 13, 8', 426, 'RFC 6455 §4.2.2'],
    ['no version', 'Sec-WebSocket-Version: 13\n', '', 426, 'RFC 6455 §4.2.2'],
    ['a short key', 'dGhlIHNhbXBsZSBub25jZQ==', 'YQ==', 400, 'RFC 6455 §4.2.1'],
    ['a broken offer', 'permessage-deflate;', ';', 400, 'RFC 6455 §4.2.1'],
    ['no Host', 'Host: server.example.com\n', '', 400, 'RFC 9112 §3.2'],
    ['two of Host', 'Upgrade: websocket', 'Host: x\nUpgrade: websocket', 400, 'RFC 9112 §3.2'],
    ['POST', 'GET', 'POST', 405, 'RFC 6455 §4.2.1'],
    ['HTTP/1.0', 'HTTP/1.1', 'HTTP/1.0', 'ordinary', 'RFC 9110 §7.8'],
    ['Connection: close', 'Connection: Upgrade', 'Connection: close', 'ordinary', 'RFC 9110 §7.8'],
    ['another protocol', 'Upgrade: websocket', 'Upgrade: h2c', 'ordinary', 'RFC 9110 §7.8'],
  ] as const) {
    it(`${what}: ${answer} (${section})`, () => {
      assert.deepEqual(strictAnswer(changed(was, is)), { answer, section });
    });
  }
});
