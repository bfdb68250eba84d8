import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { logLine } from '#demo-server/log/log-line.ts';

const read = (line: string) => JSON.parse(line) as Record<string, unknown>;

describe('threat 17: terminal escape and log injection, a line', () => {
  const hostile = [
    ['a line feed', 'a\nb', 'a\\nb'],
    ['a carriage return', 'a\rb', 'a\\rb'],
    ['ESC, which begins a terminal’s control sequences', '\x1b[2J', '\\u001b[2J'],
    ['C1 CSI, which does the same in one octet', '\x9b2J', '\\u009b2J'],
    ['DEL', '\x7f', '\\u007f'],
    ['right-to-left override', '\u202egpj.exe', '\\u202egpj.exe'],
    ['the isolates', '\u2066\u2069', '\\u2066\\u2069'],
    ['line separator', '\u2028', '\\u2028'],
    ['zero width space', '\u200b', '\\u200b'],
    ['a quotation mark, to get out of the value', '","kind":"x', '\\",\\"kind\\":\\"x'],
  ] as const;
  for (const [what, value, written] of hostile) {
    it(`escapes ${what}`, () => {
      const line = logLine({ kind: 'request', target: value });
      assert.equal(line, `{"kind":"request","target":"${written}"}\n`);
      assert.deepEqual(read(line), { kind: 'request', target: value });
    });
  }

  it('holds every character of the first 65,536 on one line of printable ASCII', () => {
    for (let start = 0; start < 0x10000; start += 200) {
      const codes = Array.from({ length: 200 }, (_, index) => start + index);
      const line = logLine({ kind: 'x', target: String.fromCharCode(...codes) });
      assert.match(line, /^[\x20-\x7e]+\n$/);
    }
  });

  it('keeps 200 characters of a value', () => {
    const { target } = read(logLine({ kind: 'x', target: '\x1b'.repeat(5000) }));
    assert.equal(target, '\x1b'.repeat(200));
  });

  it('leaves out what is not known', () => {
    assert.equal(logLine({ kind: 'x', run: undefined, ms: 3 }), '{"kind":"x","ms":3}\n');
  });
});
