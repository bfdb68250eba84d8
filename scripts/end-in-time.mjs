// Loaded before each file of tests: what keeps a file from ending fails it, and is named.
import { fail } from './setup.mjs';

/** Several times what the longest file takes on a slow machine. */
const MAX_MINUTES = 5;

setTimeout(() => {
  const open = process.getActiveResourcesInfo().join(', ');
  fail(`${process.argv[1]} has not ended after ${MAX_MINUTES} minutes. Still open: ${open}.`);
}, MAX_MINUTES * 60_000).unref();
