import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const scripts = join(import.meta.dirname, '..', '..', 'scripts');

/** Runs one of our scripts on some octets and reads each line that it prints as JSON. */
export async function runScript(
  name: string,
  args: readonly string[],
  octets: Uint8Array = new Uint8Array(0),
): Promise<{
  readonly code: number;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly errors: string;
}> {
  const child = spawn(process.execPath, [join(scripts, name), ...args]);
  // A script that refuses its arguments reads nothing.
  child.stdin.on('error', () => undefined);
  child.stdin.end(octets);
  const [printed, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  const lines = printed.split('\n').filter((line) => line !== '');
  return { code, errors, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
