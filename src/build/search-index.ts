import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

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
        await index.writeFiles({ outputPath: `${folder}pagefind` });
        await close();
        logger.info(`${pages} pages can be searched`);
      },
    },
  };
}
