import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textPreview } from '#capture/text-preview.ts';
import { utf8 } from '#tests/support/octets-of.ts';

describe('textPreview', () => {
  it('reads short texts whole, a byte order mark included', () => {
    for (const text of ['', 'Hello', '\ufeff€🙂']) assert.equal(textPreview(utf8(text)), text);
  });

  it('cuts after 1,000 code units, never inside a character', () => {
    assert.equal(textPreview(utf8(`a${'€'.repeat(2000)}`)), `a${'€'.repeat(999)}`);
    assert.equal(textPreview(utf8(`a${'🙂'.repeat(2000)}`)), `a${'🙂'.repeat(499)}`);
    assert.equal(textPreview(utf8('b'.repeat(5000))), 'b'.repeat(1000));
  });

  it('reads nothing that is not UTF-8', () => {
    assert.equal(textPreview(Uint8Array.of(0x41, 0xff)), undefined);
    assert.equal(textPreview(Uint8Array.of(0xe2, 0x82)), undefined);
  });
});
