import { encodeCapsule } from '#capture/export/capsule.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { RecordedRun } from '#tests/capture/export/recorded-run.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

/** Two frames of RFC 7692 §7.2.3.2, the first one in two fragments, and one that is no DEFLATE. */
function compressedRun(): RecordedRun {
  const run = new RecordedRun();
  run.webSocket(1, 'permessage-deflate');
  run.octets(1, 'down', octetsFromHex('41 03 f2 48 cd'));
  run.octets(1, 'down', octetsFromHex('80 04 c9 c9 07 00'));
  run.octets(1, 'down', octetsFromHex('c1 05 f2 00 11 00 00'));
  run.octets(1, 'down', octetsFromHex('c1 02 07 00'));
  return run;
}

test('deflated octets are shown with what they inflate to beside them', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open('/lessons/frames-bit-by-bit/');
  await bench.button('Save or open').click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    bench.button('Open a capsule…').click(),
  ]);
  const capsule = encodeCapsule({
    demo: 'echo',
    made: '2026-11-25T12:00:00.000Z',
    build: 'test',
    browser: 'Chromium 156',
    parameters: {},
    events: compressedRun().events,
    page: [],
  });
  await chooser.setFiles({
    name: 'deflate.capsule.json',
    mimeType: 'application/json',
    buffer: Buffer.from(capsule),
  });
  await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();

  await bench.tab('List').click();
  const octets = bench.root.getByRole('region', { name: 'Bytes: ' });
  const inflated = octets.getByRole('group', { name: 'Inflated' });
  const choose = (text: string | RegExp) =>
    bench.root.getByRole('row').filter({ hasText: text }).first().click();

  await choose('more follow');
  await expect(inflated).toContainText('7 bytes, inflated to 5');
  await expect(inflated).toContainText('48 65 6c 6c 6f');
  await choose('5 bytes, deflated to 5');
  await expect(inflated).toContainText('Hello');
  await choose('breaks a rule');
  await expect(octets).toContainText('2 bytes of this compressed message could not be inflated');
});
