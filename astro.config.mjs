// @ts-check
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { clientChunks } from './scripts/integrations/client-chunks.ts';
import { demoServerInDev } from './scripts/integrations/demo-server-in-dev.ts';
import { inlineScripts } from './scripts/integrations/inline-scripts.ts';
import { joinSheets } from './scripts/integrations/join-sheets.ts';
import { precompress } from './scripts/integrations/precompress.ts';
import { searchIndex } from './scripts/integrations/search-index.ts';
import { moved } from './src/components/moved.ts';
import { codeClasses } from './src/components/code-classes.ts';

/**
 * Pages whose own place is elsewhere are in no list for search engines.
 *
 * @param {string} page
 */
const isListed = (page) => {
  const { pathname } = new URL(page);
  return !pathname.startsWith('/embed/') && !Object.hasOwn(moved, pathname);
};

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  trailingSlash: 'always',
  // The policy allows no inline style.
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  markdown: { shikiConfig: { theme: 'css-variables', transformers: [codeClasses] } },
  integrations: [
    mdx(),
    preact(),
    sitemap({ filter: isListed }),
    demoServerInDev(),
    searchIndex(),
    joinSheets(),
    inlineScripts(),
    precompress(),
  ],
  vite: {
    environments: {
      client: { build: { rolldownOptions: { output: { codeSplitting: clientChunks } } } },
    },
    build: {
      assetsInlineLimit: 0,
      // Lists of what each demo's parts import would be a tenth of the script that starts a bench,
      // and most of it is there by then. The instrument's list saves a round trip.
      modulePreload: {
        resolveDependencies: (file, imports) => (/\/instrument\./.test(file) ? imports : []),
      },
      // Astro marks the lessons' modules with a directive of its own: 18 warnings that say nothing.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    // The scan for dependencies reads .tsx by itself, and would look for React.
    optimizeDeps: {
      rolldownOptions: { transform: { jsx: { runtime: 'automatic', importSource: 'preact' } } },
    },
  },
});
