/** Live on every page: the one script that a page asks for. */
const page =
  /\/src\/layouts\/|\/src\/bench\/(?:opening-race|wire-bench)\.ts|\/src\/components\/(?:lesson|site)-elements\.ts|\/src\/components\/(?:after-load|embed-frame|progress)\.ts|\/src\/words\/shell\.ts|vite\/preload-helper/;

/** In every bench, whatever its demo; the demo's panel comes beside it. */
const bench =
  /\/node_modules\/preact\/|\/src\/bench\/(?:BenchView\.tsx|bench-model\.ts)|\/src\/controls\/|\/src\/demo\/definition\.ts/;

/**
 * What comes as one file of the pages' scripts. Left to itself, the bundler makes one of whatever
 * two others share: a dozen requests for each bench, and each file is compressed alone.
 */
export const clientChunks = {
  groups: [
    { name: 'page', test: page, priority: 2 },
    { name: 'bench', test: bench, priority: 1 },
  ],
};
