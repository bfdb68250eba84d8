// npm run dev: the same site and demos on one port, with reload of lessons, demos and server.
import { join } from 'node:path';
import { installIfNeeded, nodePath, root, serve } from './setup.mjs';

await installIfNeeded();
const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
const port = process.env.PORT ?? '4321';
await serve(nodePath(), [astro, 'dev', '--port', port, ...process.argv.slice(2)], {
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
});
