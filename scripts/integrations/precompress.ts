import { readFile, readdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.xml']);

/** Below this a compressed answer saves no packet. */
const smallest = 200;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

async function precompressFile(path: string): Promise<boolean> {
  const octets = await readFile(path);
  if (octets.length < smallest) return false;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: octets.length,
  };
  await writeFile(`${path}.br`, await toBrotli(octets, { params }));
  await writeFile(`${path}.gz`, await toGzip(octets, { level: constants.Z_BEST_COMPRESSION }));
  return true;
}

/** Puts a `.br` and a `.gz` beside each text file of the built site, for servers that send them. */
export function precompress(): AstroIntegration {
  return {
    name: 'precompress',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const entries = await readdir(dir, { recursive: true, withFileTypes: true });
        const paths = entries
          .filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
          .map((entry) => join(entry.parentPath, entry.name));
        const done = await Promise.all(paths.map(precompressFile));
        logger.info(`${done.filter(Boolean).length} files below ${fileURLToPath(dir)}`);
      },
    },
  };
}
