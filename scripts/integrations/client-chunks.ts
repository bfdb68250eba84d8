/** Live on every page: it stands in the page, and nothing else may import of it. */
const page =
  /\/src\/layouts\/|\/src\/bench\/(?:opening-race|wire-bench)\.ts|\/src\/components\/(?:lesson|site)-elements\.ts|\/src\/components\/(?:after-load|copy-element|embed-frame|moved-page)\.ts|\/src\/words\/shell\.ts/;

/** What the page's script has in common with what it loads: there it stands a second time. */
const shared = /\/src\/components\/progress\.ts|\/src\/words\/search\.ts|vite\/preload-helper/;

/** In every bench, whatever its demo; the demo's panel comes beside it. */
const bench =
  /\/node_modules\/preact\/|\/src\/bench\/(?:BenchView\.tsx|bench-model\.ts)|\/src\/controls\/|\/src\/demo\/definition\.ts/;

/**
 * What comes as one file of the pages' scripts. Left to itself, the bundler makes one of whatever
 * two others share: a dozen requests for each bench, and each file is compressed alone.
 */
export const clientChunks = {
  groups: [
    { name: 'shared', test: shared, priority: 3 },
    { name: 'page', test: page, priority: 2 },
    { name: 'bench', test: bench, priority: 1 },
  ],
};
