// Runs one of our TypeScript programs by the Node that can: node scripts/run.mjs <program> [arguments]
import { installIfNeeded, nodePath, run } from './setup.mjs';

await installIfNeeded();
process.exit(await run(nodePath(), process.argv.slice(2)));
