import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** Pagefind's ready-made interfaces, which pages here don't use. */
const ownInterface = /^pagefind-(?:ui|modular-ui|component-ui|highlight|worker)\./;

/** Indexes the built pages for the search dialog, with Pagefind. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const { index, errors } = await createIndex({
          excludeSelectors: ['wire-bench', '[data-search-ignore]'],
        });
        if (!index) throw new Error(`Pagefind did not start: ${errors.join('; ')}`);
        const { page_count: pages } = await index.addDirectory({ path: folder });
        const { files } = await index.getFiles();
        for (const { path, content } of files) {
          if (ownInterface.test(path)) continue;
          const target = join(folder, 'pagefind', path);
          await mkdir(dirname(target), { recursive: true });
          await writeFile(target, content);
        }
        await close();
        logger.info(`${pages} pages can be searched`);
      },
    },
  };
}
