import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Imports every module of a folder beside this file that exports `name`, keyed by its file's name.
 *
 * The folder is the registry: to add a demo or a box is to add a file.
 */
export async function importFolder<Exported>(
  folder: string,
  name: string,
): Promise<ReadonlyMap<string, Exported>> {
  const path = join(import.meta.dirname, folder);
  const found = new Map<string, Exported>();
  for (const file of readdirSync(path).sort()) {
    if (!file.endsWith('.ts')) continue;
    const module = (await import(
      /* @vite-ignore */ pathToFileURL(join(path, file)).href
    )) as Record<string, Exported>;
    const exported = module[name];
    if (exported !== undefined) found.set(file.slice(0, -'.ts'.length), exported);
  }
  return found;
}
