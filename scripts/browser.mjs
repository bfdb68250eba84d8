// Finds a Chromium that really starts, or installs one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { fail, nodePath, root, run } from './setup.mjs';

/** As root in a container, Chromium's sandbox cannot start. */
export const launchArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The version of the browser at `path`, or `undefined` if it does not start. */
async function versionOf(path) {
  if (!path || !existsSync(path)) return undefined;
  try {
    const browser = await chromium.launch({ executablePath: path, args: launchArguments });
    const version = browser.version();
    await browser.close();
    return version;
  } catch {
    return undefined;
  }
}

/** What a browser is wanted for: where it may be, and the packages of a system that bring it. */
const purposes = {
  /** A reader's browser, as its heads are recorded, and its times measured. */
  facts: { paths: systemPaths, packages: ['chromium'] },
  /**
   * The same engine and network stack without windows opens a page in half the time. It says no
   * Accept-Language and asks for no icon, which no test is about.
   */
  tests: {
    paths: ['/usr/bin/chromium-headless-shell', ...systemPaths],
    packages: ['chromium-headless-shell', 'chromium'],
  },
};

async function firstThatStarts(paths) {
  for (const path of [process.env.CHROMIUM_PATH, chromium.executablePath(), ...paths]) {
    const version = await versionOf(path);
    if (version) return { path, version };
  }
  return undefined;
}

async function installWithApt(packages) {
  if (!existsSync('/usr/bin/apt-get')) return;
  const isRoot = process.getuid?.() === 0;
  const apt = (...args) =>
    isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  await apt('update', '-qq');
  for (const name of packages) {
    if ((await apt('install', '-y', '-qq', '--no-install-recommends', name)) === 0) return;
  }
}

/**
 * Path of a Chromium that starts: the given one, Playwright's own, a system one, or a new one.
 *
 * @param {keyof typeof purposes} purpose
 * @returns {Promise<string | undefined>}
 */
export async function chromiumPath(purpose) {
  const { paths, packages } = purposes[purpose];
  if (process.env.CHROMIUM_PATH && !(await versionOf(process.env.CHROMIUM_PATH))) {
    fail(
      `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not start: correct or unset it.`,
    );
  }
  let found = await firstThatStarts(paths);
  if (!found) {
    console.log('No Chromium starts here: installing one …');
    await run(nodePath(), [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      'install',
      'chromium',
    ]);
    found = await firstThatStarts(paths);
  }
  if (!found) {
    await installWithApt(packages);
    found = await firstThatStarts(paths);
  }
  if (!found) {
    fail(
      'No Chromium could be found or installed. Install one and name it: CHROMIUM_PATH=/path npm test',
    );
  }
  console.log(`Browser: Chromium ${found.version} at ${found.path}`);
  return found.path;
}
