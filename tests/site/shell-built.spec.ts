import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LinkChecker, LinkState } from 'linkinator';
import { excerptParts } from '#components/excerpt.ts';
import { propsOf } from '#components/props.ts';
import { stepsOf } from '#components/steps.ts';
import { expect, test } from '#tests/site/site-test.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const built = readdirSync(dist, { recursive: true, encoding: 'utf8' });
const htmlOf = (path: string): string => readFileSync(join(dist, path), 'utf8');
const documents = built.filter((path) => path.endsWith('.html'));

/** For text on a page without a bench: HTML, styles and scripts as they are sent; fonts apart. */
const TEXT_PAGE_BUDGET = 15_000;

test('no page names a script, or has a style element, a style attribute or a handler', () => {
  expect(documents.length).toBeGreaterThanOrEqual(7);
  for (const path of documents) {
    const html = htmlOf(path);
    // What its own scripts say is no markup.
    const markup = html.replaceAll(/(<script[^>]*>)[^]*?<\/script>/g, '$1');
    const refused = markup.match(/<script[^>]*\ssrc=[^>]*>|<style|<[^>]+\s(?:style|on\w+)=/g);
    expect(refused, path).toBeNull();
  }
});

test('every page says what it is: title, description, canonical address, card', () => {
  for (const path of documents.filter((each) => each !== '404.html')) {
    const html = htmlOf(path);
    for (const mark of [
      /<title>[^<]{8,}<\/title>/,
      /<meta name="description" content="[^"]{40,}"/,
      /<link rel="canonical" href="http[^"]+\/"/,
      /<meta property="og:image" content="http[^"]+\/card\.png"/,
    ]) {
      expect(html, `${path} ${mark.source}`).toMatch(mark);
    }
  }
  expect(built).toContain('card.png');
});

test('the sitemap lists every page but 404 and those for frames, and robots.txt names the sitemap', () => {
  const listed = [...htmlOf('sitemap-0.xml').matchAll(/<loc>([^<]+)<\/loc>/g)];
  const elsewhere = documents.filter((path) => path.startsWith('embed/'));
  expect(listed.length).toBe(documents.length - 1 - elsewhere.length);
  expect(htmlOf('robots.txt')).toMatch(/Sitemap: http\S+\/sitemap-index\.xml/);
});

test('two fonts at most are built', () => {
  expect(built.filter((path) => /\.woff2?$/.test(path)).length).toBeLessThanOrEqual(2);
});

test('all internal links and fragments lead somewhere', async ({ server }) => {
  test.setTimeout(120_000);
  const { links } = await new LinkChecker().check({
    path: `${server.address}/`,
    recurse: true,
    checkFragments: true,
    linksToSkip: (link) => Promise.resolve(!link.startsWith(server.address)),
  });
  expect(links.filter(({ state }) => state === LinkState.BROKEN)).toEqual([]);
  expect(links.filter(({ state }) => state === LinkState.OK).length).toBeGreaterThan(12);
});

test('a page of text is sent in at most 15 KB, fonts apart', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (['document', 'stylesheet', 'script'].includes(request.resourceType())) {
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    }
  });
  await page.goto('/teach/', { waitUntil: 'networkidle' });
  const octets = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(octets).toBeLessThanOrEqual(TEXT_PAGE_BUDGET);
});

test('an excerpt becomes text, marked words apart; markup in it stays text', () => {
  expect(excerptParts('a <mark>key</mark> &amp; <img src=x> &lt;b&gt;')).toEqual([
    { text: 'a ', marked: false },
    { text: 'key', marked: true },
    { text: ' & <img src=x> <b>', marked: false },
  ]);
});

test('steps are read from a lesson in order, and not from its code samples', () => {
  const body =
    '<Step id="one" title="First">\n```mdx\n<Step id="no" title="No">\n```\n</Step>\n<Step\n  title=\'Two "2"\'\n  id="two"\n/>';
  expect(stepsOf(body)).toEqual([
    { id: 'one', title: 'First' },
    { id: 'two', title: 'Two "2"' },
  ]);
});

test('a wrong prop stops the build with a sentence that names lesson and prop', () => {
  const props = propsOf('Predict', new URL('http://localhost/lessons/plan-b/'));
  expect(() => props.id('id', 'Not Kebab')).toThrow(
    'Lesson "plan-b": <Predict> id is "Not Kebab", but must be kebab-case',
  );
  expect(() => props.options('options', ['one'])).toThrow('<Predict> options must be a list');
  expect(() => props.answer('answer', 4, ['a', 'b'])).toThrow('must be one of the options');
  expect(props.answer('answer', 1, ['a', 'b'])).toBe('b');
  expect(props.answer('answer', '5', ['5', '7'])).toBe('5');
});
