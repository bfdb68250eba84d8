import { writeFile } from 'node:fs/promises';
import { harFromRows } from '#capture/export/har.ts';
import { RecordedRun, rowsOf } from '#tests/capture/export/recorded-run.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

/** Asks from within a page; what answers is whatever Playwright found in the archive. */
const ask = (url: string): Promise<{ status: number; type: string | null; text: string }> =>
  fetch(url, { cache: 'no-store' }).then(async (response) => ({
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
  }));

test('a run saved as HAR answers in a browser that reads it, as the server did then', async ({
  page,
  context,
  server,
}, testInfo) => {
  const bench = new BenchPage(page);
  await bench.open('/lessons/the-request-you-never-send/');
  await bench.button('Load').click();
  await bench.rowWhere((row) => row.kind === 'http.res.head' && row.what.includes('200'), '200');
  const resource = `${server.address}/live/${await bench.run()}/cache-fields/resource`;
  await bench.button('Save or open').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bench.button('HAR').click(),
  ]);
  const archive = testInfo.outputPath('run.har');
  await download.saveAs(archive);
  await page.keyboard.press('Escape');
  await bench.button('Change the resource').click();
  await expect.poll(async () => (await page.evaluate(ask, resource)).text).toContain('Version 2');

  const reader = await context.newPage();
  await reader.goto('/');
  await reader.routeFromHAR(archive, { url: '**/live/**', notFound: 'abort' });
  const then = await reader.evaluate(ask, resource);
  expect([then.status, then.type]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(then.text).toMatch(/^Version 1\n(These octets.*\n){27}$/);
});

test('texts, base64 and chunks of an archive are read as they were sent', async ({
  page,
  server,
}, testInfo) => {
  const run = new RecordedRun();
  const host = new URL(server.address).host;
  const answers = [
    ['text', 'Content-Type: text/plain; charset=utf-8\nContent-Length: 5', Buffer.from('h€y')],
    ['octets', 'Content-Type: image/png\nContent-Length: 3', Buffer.of(0xff, 0x00, 0x80)],
    [
      'chunked',
      'Content-Type: text/plain\nTransfer-Encoding: chunked',
      Buffer.from('3;x=1\r\nHel\r\n2\r\nlo\r\n0\r\n\r\n'),
    ],
  ] as const;
  run.open(1);
  for (const [path, fields, content] of answers) {
    run.text(1, 'up', `GET /${path} HTTP/1.1\nHost: ${host}\n\n`);
    run.text(1, 'down', `HTTP/1.1 200 OK\n${fields}\n\n`);
    run.octets(1, 'down', content);
  }
  const archive = testInfo.outputPath('made.har');
  const har = harFromRows(rowsOf(run.events), { beganAt: Date.now(), version: 'test' });
  await writeFile(archive, JSON.stringify(har));

  await page.goto('/');
  await page.routeFromHAR(archive, { url: /\/(text|octets|chunked)$/, notFound: 'abort' });
  expect((await page.evaluate(ask, '/text')).text).toBe('h€y');
  expect((await page.evaluate(ask, '/chunked')).text).toBe('Hello');
  const octets = await page.evaluate(() =>
    fetch('/octets').then(async (response) => [...new Uint8Array(await response.arrayBuffer())]),
  );
  expect(octets).toEqual([0xff, 0x00, 0x80]);
});
