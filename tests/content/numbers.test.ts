import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatCount, formatMs } from '#controls/number-format.ts';

const root = join(import.meta.dirname, '../..');

/** Everything in which a reader may find a number; what is recorded is data. */
const files = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  'content/quiz.json',
  ...['content/lessons', 'src', 'demo-server'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:mdx|ts|tsx|astro)$/.test(name))
      .map((name) => join(folder, name)),
  ),
];

/** A space of any width where a comma belongs; not in `HTTP/1.1 200`. */
const spaced = /(?<![\d./])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)/g;
/** A comma where a point belongs: three digits follow the one between thousands. */
const decimalComma = /(?<![\d,{[])\d+,(?!\d{3}(?!\d))\d+(?!\d*\.\d)/g;

/** A text without what is quoted in backticks: bits, octets and code have their own spaces. */
const proseOf = (text: string): string => text.replace(/^```.*?^```|`[^`\n]*`/gms, '');

describe('numbers', () => {
  it('are written with a comma between thousands and a point before decimals', () => {
    assert.deepEqual(
      [formatCount(999), formatCount(65_536), formatCount(1_048_576)],
      ['999', '65,536', '1,048,576'],
    );
    assert.deepEqual(
      [formatMs(12.34), formatMs(1234), formatMs(10_000)],
      ['12.3 ms', '1,234 ms', '10.0 s'],
    );
  });

  it('stand so wherever a reader may find one', () => {
    const others = files.flatMap((file) => {
      const prose = proseOf(readFileSync(join(root, file), 'utf8'));
      const found = [...prose.matchAll(spaced), ...prose.matchAll(decimalComma)];
      return found.map(([number]) => `${file}: ${number}`);
    });
    assert.deepEqual(others, []);
  });
});
