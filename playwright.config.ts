import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'tests/site',
  // One browser at a time: what a lesson measures should not be what a crowded machine does. Two
  // (`--workers=2`) take half the time; of 477 tests, up to three then failed in one run of three.
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  reporter: 'list',
  timeout: 60_000,
  // Far more than all of them take: what hangs is to end with a report.
  globalTimeout: 75 * 60_000,
  // How long to wait for what is sure to come, which is no claim about how long it takes.
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // A test browser has no business with anybody but our server.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
