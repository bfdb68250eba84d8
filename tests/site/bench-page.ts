import { expect, type Locator, type Page } from '@playwright/test';
import { wireHasCome, watchWire } from './wire-watch.ts';

/** One line of the bench's list, as the page shows it. */
export type ListedRow = {
  readonly row: number;
  readonly seen: string;
  readonly sender: string;
  readonly way: string;
  readonly kind: string;
  readonly octets: number;
  readonly what: string;
};

/** A lesson's bench, driven by roles and names as a reader would. */
export class BenchPage {
  readonly page: Page;
  readonly root: Locator;

  /** @param demo of a lesson with several benches, the one of that demo; else the first is meant */
  constructor(page: Page, demo?: string) {
    this.page = page;
    watchWire(page);
    this.root =
      demo === undefined ? page.locator('wire-bench').first() : page.locator(`#bench-${demo}`);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.root.scrollIntoViewIfNeeded();
    await this.isLive();
  }

  /** At an address that shows a recording: its notice moves all that is below. */
  async openRecorded(path: string): Promise<void> {
    await this.page.goto(path);
    await this.root.scrollIntoViewIfNeeded();
    await expect(this.root.locator('.chip-recorded')).toBeVisible();
  }

  async isLive(): Promise<void> {
    await expect(this.root.locator('.chip-live')).toHaveText(/live/);
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.root.getByRole('tab', { name, exact: true });
  }

  /** Gives a file to the menu that opens capsules, which has to be open. */
  async openFile(name: string, content: string | Buffer): Promise<void> {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.button('Open a capsule…').click(),
    ]);
    const buffer = Buffer.from(content);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer });
  }

  /** Id of the run, out of the address that the header shows. */
  async run(): Promise<string> {
    const address = await this.root.locator('.chip-address').getAttribute('title');
    const run = runIn(address);
    if (run === undefined) throw new Error(`No run in the bench's address: ${address}`);
    return run;
  }

  /** The same of a live bench. At one look, as a recording may be about to take its place. */
  async #liveRun(): Promise<string | undefined> {
    const address = await this.root.evaluate((root) =>
      root.querySelector('.chip-live') === null
        ? null
        : root.querySelector('.chip-address')?.getAttribute('title'),
    );
    return runIn(address);
  }

  /**
   * All rows of the list, those that the server holds of a live run by now included. Their lines
   * are in the document only while they are in sight.
   */
  async rows(): Promise<ListedRow[]> {
    await this.tab('List').click();
    const run = await this.#liveRun();
    if (run !== undefined) await wireHasCome(this.page, run);
    const lines = await this.root.locator('.list-scroll').evaluate(async (scroller) => {
      const found = new Map<string, string[]>();
      const drawn = () =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const read = () => {
        for (const row of scroller.querySelectorAll('tbody tr[aria-rowindex]')) {
          const cell = (name: string): string =>
            row.querySelector(`.col-${name}`)?.textContent.trim() ?? '';
          const cells = ['row', 'seen', 'sender', 'way', 'kind', 'bytes', 'what'].map(cell);
          found.set(row.getAttribute('aria-rowindex') ?? '', cells);
        }
      };
      // More than is in sight is drawn on either side, so that no row is passed over.
      for (let top = 0; ; top += scroller.clientHeight) {
        if (scroller.scrollHeight > scroller.clientHeight) scroller.scrollTop = top;
        await drawn();
        read();
        if (top + scroller.clientHeight >= scroller.scrollHeight) break;
      }
      return [...found]
        .sort(([one], [other]) => Number(one) - Number(other))
        .map(([, line]) => line);
    });
    return lines.map(
      ([row = '', seen = '', sender = '', way = '', kind = '', bytes = '', what = '']) => ({
        row: Number(row),
        seen,
        sender,
        way: way.replace(/[^a-z]/g, ''),
        kind,
        octets: Number(bytes.replace(/\D/g, '')),
        what,
      }),
    );
  }

  /** Waits until a row is there that `matches`, and returns it. */
  async rowWhere(matches: (row: ListedRow) => boolean, what: string): Promise<ListedRow> {
    let found: ListedRow | undefined;
    await expect
      .poll(async () => (found = (await this.rows()).find(matches)) !== undefined, {
        message: what,
        // A demo may take seconds to it; by itself a poll would ask once a second then.
        intervals: [100, 200],
      })
      .toBe(true);
    if (found === undefined) throw new Error(what);
    return found;
  }

  /** The octets of a row, as the page draws them, in hexadecimal digits. */
  async hexOf(row: ListedRow): Promise<string> {
    await this.tab('List').click();
    await this.root
      .locator('tbody tr[aria-rowindex]')
      // Its number, and not as many bytes.
      .filter({ has: this.page.locator('.col-row', { hasText: new RegExp(`^${row.row}$`) }) })
      .click();
    const octets = this.root.getByRole('region', { name: 'Bytes' });
    await expect(
      octets.getByRole('heading', { name: new RegExp(`^Row ${row.row}:`) }),
    ).toBeVisible();
    const hex = octets.getByRole('button', { name: 'Hex' });
    if ((await hex.count()) > 0 && (await hex.getAttribute('aria-pressed')) === 'false') {
      await hex.click();
    }
    const more = octets.getByRole('button', { name: 'Show more' });
    while ((await more.count()) > 0) await more.click();
    const text = await octets.locator('.octets-hex').innerText();
    return text.replace(/[^0-9a-f]/g, '');
  }
}

const runIn = (address: string | null | undefined): string | undefined =>
  /\/live\/([\w-]{22})\//.exec(address ?? '')?.[1];
