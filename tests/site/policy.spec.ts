import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './site-test.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const documents = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.html'),
);
const lesson = '/lessons/frames-bit-by-bit/';

/** Texts of the inline scripts, as https://www.w3.org/TR/CSP3/ §8.4 has them digested. */
const scriptsIn = (html: string): string[] =>
  [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, text = '']) => text);

const digestOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policyIn = (html: string): string =>
  /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';

/** Sources of scripts in a policy, each apart. */
const scriptSources = (policy: string): string[] =>
  /(?:^|; )script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];

test('threat 16: the policy in each page allows the two scripts that stand in it, to the letter', () => {
  expect(documents.length).toBeGreaterThan(20);
  for (const path of documents) {
    const html = readFileSync(join(dist, path), 'utf8');
    const scripts = scriptsIn(html);
    expect(scripts.length, path).toBe(2);
    const policy = policyIn(html);
    expect(scriptSources(policy), path).toEqual([
      "'self'",
      ...scripts.map(digestOf),
      "'wasm-unsafe-eval'",
    ]);
    expect(policy, path).toMatch(/^default-src 'none'; .*; require-trusted-types-for 'script'$/);
    expect(html.indexOf('http-equiv="Content-Security-Policy"')).toBeLessThan(
      html.indexOf('<script'),
    );
  }
});

test('threat 16: the policy that the demo server sends allows the same, and says who may frame', async ({
  request,
}) => {
  for (const path of ['/', lesson, '/teach/', '/embed/echo/', '/no-such-page/']) {
    const answer = await request.get(path);
    const ancestors = path.startsWith('/embed/') ? '*' : "'none'";
    expect(answer.headers()['content-security-policy'], path).toBe(
      `${policyIn(await answer.text())}; frame-ancestors ${ancestors}`,
    );
  }
});

/** Opens a page that somebody has changed on its way, under one of its two policies. */
async function openChanged(
  page: Page,
  kept: 'meta' | 'field',
  change: (html: string) => string,
): Promise<void> {
  await page.route(`**${lesson}`, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    let html = await response.text();
    if (kept === 'meta') delete headers['content-security-policy'];
    else html = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
    await route.fulfill({ status: 200, headers, body: change(html) });
  });
  await page.goto(lesson);
}

/** What ran: the first script, the page’s own, and what was put into it. */
const ran = (page: Page) =>
  page.evaluate(() => ({
    first: document.documentElement.classList.contains('js'),
    own: customElements.get('wire-bench') !== undefined,
    foreign: document.documentElement.dataset['foreign'] !== undefined,
  }));

for (const kept of ['meta', 'field'] as const) {
  test.describe(`under the ${kept} alone`, () => {
    test('the two scripts of a page run', async ({ page }) => {
      await openChanged(page, kept, (html) => html);
      expect(await ran(page)).toEqual({ first: true, own: true, foreign: false });
    });

    test.describe('of a page that was changed', () => {
      test.use({ expectedConsole: [/violates the following Content Security Policy/] });

      test('threat 16: no script runs that was put into it, and no changed one', async ({
        page,
      }) => {
        const foreign = "document.documentElement.dataset.foreign=''";
        await openChanged(page, kept, (html) =>
          html
            .replace('<script>', '<script> ')
            .replace('<main', `<img src="/favicon.svg" onload="${foreign}" alt=""><main`)
            .replace('</body>', () => `<script>${foreign}</script></body>`)
            .replace('</body>', () => `<script type="module">${foreign}</script></body>`),
        );
        expect(await ran(page)).toEqual({ first: false, own: true, foreign: false });
      });
    });
  });
}
