import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROMIUM_PATH'];

/** What these lessons measure should not be what a crowded machine does. */
const measuring = [
  '**/home-race.spec.ts',
  '**/lesson-the-box-in-the-middle.spec.ts',
  '**/lesson-where-the-milliseconds-go.spec.ts',
];

export default defineConfig({
  testDir: 'tests/site',
  workers: 1,
  projects: [
    // One browser at a time, whatever is said of the others.
    {
      name: 'measuring',
      testMatch: measuring,
      workers: 1,
      outputDir: 'test-results/measuring',
    },
    // They wait for events and not for times: `npm test` runs two browsers beside each other.
    { name: 'others', testIgnore: measuring, outputDir: 'test-results/others' },
  ],
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
