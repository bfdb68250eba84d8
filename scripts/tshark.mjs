// Finds tshark, against which the oracle tests hold our decoder, or installs it where that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './setup.mjs';

const candidates = [
  process.env.TSHARK_PATH,
  'tshark',
  '/Applications/Wireshark.app/Contents/MacOS/tshark',
  'C:\\Program Files\\Wireshark\\tshark.exe',
];

/** A program that starts as tshark, or `undefined`. */
export function findTshark() {
  return candidates.find(
    (path) => path && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0,
  );
}

/**
 * A program that starts as tshark, installed from the system's packages when there is none and we may.
 *
 * @returns `undefined` when there is none: the oracle tests then say what they leave out, or fail with `CI`.
 */
export async function tsharkPath() {
  const found = findTshark();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('No tshark here: installing one …');
  // Its package asks whether users may capture; the answer here is no.
  spawnSync('debconf-set-selections', [], {
    input: 'wireshark-common wireshark-common/install-setuid boolean false\n',
  });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'tshark'], { env });
  return findTshark();
}
