import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { visibleText } from '#bench/visible-text.ts';

describe('captured text on the page', () => {
  const hidden = [
    ['\r\n', '‹CR›‹LF›'],
    ['a\u0000b', 'a‹NUL›b'],
    ['\u001b[31m', '‹ESC›[31m'],
    ['\u007f', '‹DEL›'],
    ['\u0085', '‹U+0085›'],
    ['user\u202egpj.exe', 'user‹U+202E›gpj.exe'],
    ['\u2066a\u2069', '‹U+2066›a‹U+2069›'],
    ['\u200b\ufeff\u2028', '‹U+200B›‹U+FEFF›‹U+2028›'],
  ] as const;
  for (const [text, shown] of hidden) {
    it(`shows what is invisible or turns text round: ${shown}`, () => {
      assert.equal(visibleText(text), shown);
    });
  }

  it('leaves letters of any script, signs and emoji alone', () => {
    const text = 'naïve 日本語 €5 → 🙂 <b>&amp;';
    assert.equal(visibleText(text), text);
  });
});
