import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/by-hand/demo.ts';
import { headsOf, progressOf, workOut } from '#demos/by-hand/steps.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

// RFC 6455 §1.3: key, digest and accept value of the example.
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

describe('working out an accept value', () => {
  it('gives the digest and the base64 of RFC 6455 §1.3', () => {
    assert.deepEqual(workOut(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`), {
      digest: 'b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea',
      base64: ACCEPT,
    });
  });

  it('is not thrown off by text that has no octets in Latin-1', () => {
    assert.equal(workOut('€'), undefined);
  });
});

const app = (name: string): RowDraft => ({ kind: 'app', data: { name } });
const answered = (accept: string): RowDraft => ({
  kind: 'server',
  data: { name: 'answered', by: 'reader', accept },
});
const handshake = (accept: string, accepted = true): RowDraft => ({
  kind: 'ws.handshake',
  data: { accepted, accept, acceptMatches: accept === ACCEPT },
});

describe('Exact change', () => {
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  const isSolved = (drafts: readonly RowDraft[]) =>
    evaluate(challenge, writtenRows(drafts)).goals.every(({ met }) => met);

  it('is solved by the right value and a browser that opens', () => {
    assert.equal(isSolved([answered(ACCEPT), handshake(ACCEPT), app('open')]), true);
  });

  it('is not solved by a wrong value, nor by the right one with 200', () => {
    assert.equal(isSolved([answered('wrong'), handshake('wrong'), app('close')]), false);
    assert.equal(isSolved([answered(ACCEPT), handshake(ACCEPT, false), app('close')]), false);
  });
});

describe('how far the handshake is', () => {
  const request: RowDraft = {
    kind: 'http.req.head',
    data: { requestTarget: '/live/r/by-hand/ws', fields: { 'sec-websocket-key': KEY } },
  };
  it('is what the page was told of the last one', () => {
    const states = (drafts: readonly RowDraft[]) => progressOf(writtenRows(drafts)).state;
    assert.equal(states([]), 'none');
    assert.equal(states([app('connect')]), 'connecting');
    assert.equal(states([app('connect'), app('open')]), 'open');
    assert.equal(states([app('connect'), app('error'), app('close')]), 'refused');
    assert.equal(states([app('connect'), app('open'), app('close')]), 'closed');
    assert.equal(states([app('connect'), app('close'), app('connect')]), 'connecting');
    assert.equal(progressOf(writtenRows([app('connect'), request])).key, KEY);
  });
});

describe('both heads', () => {
  const head = (kind: 'http.req.head' | 'http.res.head', text: string): RowDraft => ({
    kind,
    octets: octetsFromLatin1(text),
    data: { requestTarget: '/live/r/by-hand/ws' },
  });
  const asked = head(
    'http.req.head',
    'GET /live/r/by-hand/ws HTTP/1.1\r\nCookie: \u0095\u0095\r\n\r\n',
  );
  const answered = head(
    'http.res.head',
    'HTTP/1.1 101 Switching Protocols\r\nServer: \u0007\u00e9\r\n\r\n',
  );

  it('are those of the last handshake, line by line, with dots for what is no plain text', () => {
    assert.deepEqual(headsOf(writtenRows([asked, answered])), {
      request: 'GET /live/r/by-hand/ws HTTP/1.1\nCookie: ••\n\n',
      response: 'HTTP/1.1 101 Switching Protocols\nServer: ••\n\n',
    });
  });

  it('show no answer to an earlier handshake', () => {
    const { request, response } = headsOf(writtenRows([asked, answered, asked]));
    assert.ok(request);
    assert.equal(response, undefined);
    assert.deepEqual(headsOf([]), { request: undefined, response: undefined });
  });
});
