import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = process.env['TSHARK_PATH'] ?? 'tshark';
const MAX_OUTPUT = 512 * 1024 * 1024;

/**
 * Why tests with tshark are skipped; `false` when they are not. With `CI` set they never are: then
 * they fail without it.
 */
export const skipWithoutTshark: string | false = await whyNot();

async function whyNot(): Promise<string | false> {
  if (process.env['CI']) return false;
  try {
    await run(program, ['--version']);
    return false;
  } catch {
    return 'tshark is not here, so our reading was not compared with it: install it or name it in TSHARK_PATH';
  }
}

/** Lets tshark read a capture file, checksums verified, and returns what it prints. */
export async function tshark(file: Uint8Array, args: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oracle-'));
  try {
    const path = join(folder, 'run.pcapng');
    await writeFile(path, file);
    const preferences = ['tcp.check_checksum:TRUE', 'ip.check_checksum:TRUE'];
    const all = ['-n', '-r', path, ...preferences.flatMap((one) => ['-o', one]), ...args];
    const { stdout } = await run(program, all, { maxBuffer: MAX_OUTPUT });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Between several values of one field in one packet: no field that is compared holds it. */
const AGGREGATOR = '\x1f';

/** What tshark reads in fields of the packets that a filter passes, all occurrences of each. */
export async function tsharkFields<const Field extends string>(
  file: Uint8Array,
  filter: string,
  fields: readonly Field[],
  more: readonly string[] = [],
): Promise<Record<Field, string[]>[]> {
  const format = ['-T', 'fields', '-E', 'occurrence=a', '-E', 'separator=/t'];
  const text = await tshark(file, [
    ...more,
    '-Y',
    filter,
    ...format,
    '-E',
    `aggregator=${AGGREGATOR}`,
    ...fields.flatMap((field) => ['-e', field]),
  ]);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const columns = line.split('\t');
      const entries = fields.map((field, index) => {
        const column = columns[index] ?? '';
        return [field, column === '' ? [] : column.split(AGGREGATOR)] as const;
      });
      return Object.fromEntries(entries) as Record<Field, string[]>;
    });
}

/** Packets in which tshark finds a fault: checksums, malformed, or odd for TCP. */
export async function tsharkFaults(file: Uint8Array): Promise<string[]> {
  const filter =
    'tcp.checksum.status != 1 || ip.checksum.status != 1 || _ws.malformed || tcp.analysis.flags';
  const text = await tshark(file, ['-Y', filter]);
  return text.split('\n').filter((line) => line !== '');
}
