import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of all pages that have been built into a folder. */
export async function builtPages(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.html')).map((name) => join(folder, name));
}
