import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { rolldown } from 'rolldown';
import { contentSecurityPolicy, scriptSource } from '#demo-server/front/content-security-policy.ts';
import { builtPages } from './built-pages.ts';

const tag = /<script( type="module")? src="\/([^"]+)"><\/script>/g;
const head = '<meta charset="utf-8">';

/** Reads a script and what it imports at once as one text; what it imports later stays a file. */
async function textOf(folder: string, file: string): Promise<string> {
  const bundle = await rolldown({
    input: join(folder, file),
    makeAbsoluteExternalsRelative: false,
    plugins: [
      {
        name: 'later',
        // In a page, an address counts from that page.
        resolveDynamicImport: (address) => ({
          id: address.replace(/^\.\//, '/_astro/'),
          external: true,
        }),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true, comments: false });
  await bundle.close();
  const [{ code, exports }] = output;
  if (exports.length > 0) throw new Error(`Other files import ${file}: see client-chunks.ts.`);
  const text = code.trim();
  if (/<\/script|<!--/i.test(text))
    throw new Error(`${file} would end its element before its end.`);
  return text;
}

/**
 * Puts the scripts that a page names into the page, and before them the policy that allows these and
 * no others: what a reader sees answers at once, and asks for nothing. The page's scripts are small;
 * what they load when it is needed stays in files that the next page has already.
 */
export function inlineScripts(): AstroIntegration {
  return {
    name: 'inline-scripts',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const texts = new Map<string, string>();
        for (const page of await builtPages(folder)) {
          let html = await readFile(page, 'utf8');
          if (!html.includes(head)) throw new Error(`${page} has no place for its policy.`);
          const sources: string[] = [];
          for (const [element, type = '', file = ''] of html.matchAll(tag)) {
            const text = texts.get(file) ?? (await textOf(folder, file));
            texts.set(file, text);
            sources.push(scriptSource(text));
            html = html.replace(element, () => `<script${type}>${text}</script>`);
          }
          const policy = contentSecurityPolicy(sources);
          const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
          await writeFile(
            page,
            html.replace(head, () => head + meta),
          );
        }
        for (const file of texts.keys()) await rm(join(folder, file));
      },
    },
  };
}
