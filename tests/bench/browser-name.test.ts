import assert from 'node:assert/strict';
import { it } from 'node:test';
import { browserName } from '#bench/browser-name.ts';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const cases: readonly (readonly [userAgent: string, name: string])[] = [
  [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/156.0.0.0 Safari/537.36`, 'Chromium 156'],
  [`Mozilla/5.0 (Windows) ${webKit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, 'Edge 156'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox 150'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15', 'Safari 26'],
  ['curl/8.0', 'a browser'],
];

for (const [userAgent, name] of cases) {
  it(`${name} is told from its User-Agent`, () => {
    assert.equal(browserName(userAgent), name);
  });
}
