import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtPages } from './built-pages.ts';

const link = /<link rel="stylesheet" href="\/(_astro\/[^"]+\.css)">/g;

/** Makes one sheet of those that a page links, in their order, and links it in place of the first. */
async function joinSheetsOf(folder: string, page: string): Promise<void> {
  const html = await readFile(page, 'utf8');
  const sheets = [...html.matchAll(link)].map(([, sheet]) => sheet!);
  if (sheets.length < 2) return;
  const texts = await Promise.all(sheets.map((sheet) => readFile(join(folder, sheet), 'utf8')));
  const text = texts.join('\n');
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  const joined = `_astro/page.${digest}.css`;
  await writeFile(join(folder, joined), text);
  let isFirst = true;
  const linked = html.replace(link, () => {
    const here = isFirst ? `<link rel="stylesheet" href="/${joined}">` : '';
    isFirst = false;
    return here;
  });
  await writeFile(page, linked);
}

/**
 * Gives a page one style sheet: the same for all pages of its kind, so that the next lesson has it
 * already. Astro makes one of whatever two kinds of pages share, which is up to five requests.
 */
export function joinSheets(): AstroIntegration {
  return {
    name: 'join-sheets',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        for (const page of await builtPages(folder)) await joinSheetsOf(folder, page);
      },
    },
  };
}
