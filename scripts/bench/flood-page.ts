import type { Browser, Locator, Page } from '@playwright/test';

const SETTLED_MS = 20_000;

/** A page with one bench and nothing else, of which frames, rows and memory are counted. */
export class FloodPage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(browser: Browser, address: string): Promise<FloodPage> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 960 } });
    await page.goto(`${address}embed/echo/`);
    await page.locator('.chip-live').getByText(/live/).waitFor();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('list', { name: 'Timeline' }).waitFor();
    return new FloodPage(page);
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  /** Counts animation frames from now on; what it returns ends that and says how many a second. */
  async countFrames(): Promise<() => Promise<number>> {
    const counter = await this.#page.evaluateHandle(() => {
      const count = { frames: 0, since: performance.now(), isOn: true };
      const tick = () => {
        count.frames += 1;
        if (count.isOn) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      return count;
    });
    return () =>
      counter.evaluate((count) => {
        count.isOn = false;
        return (count.frames / (performance.now() - count.since)) * 1000;
      });
  }

  /** Waits for so many rows; returns how many of them are neither there nor told to be gone. */
  async rowsMissing(expected: number): Promise<number> {
    await this.#page.getByRole('tab', { name: 'List' }).click();
    await this.#scroller.evaluate((scroller) => (scroller.scrollTop = 0));
    const deadline = performance.now() + SETTLED_MS;
    for (;;) {
      const missing = expected - (await this.#rowsToldOf());
      if (missing <= 0 || performance.now() > deadline) return missing;
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }

  /** Searches; returns how many rows were found and how long it took, in milliseconds. */
  async search(text: string): Promise<{ found: number; ms: number }> {
    const box = this.#page.getByRole('searchbox');
    const begin = performance.now();
    await box.fill(text);
    const count = this.#count.getByText(/^\S+ of \S+ rows, by time$/);
    await count.waitFor();
    const ms = performance.now() - begin;
    const found = numberIn(await count.innerText());
    await box.fill('');
    return { found, ms };
  }

  /** Goes through the list from its beginning to its end, a sixtieth with each frame. */
  async scrollThrough(): Promise<void> {
    await this.#scroller.evaluate(async (scroller) => {
      for (let step = 0; step <= 120; step += 1) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 120;
        await new Promise(requestAnimationFrame);
      }
    });
  }

  /** Numbers of the rows that are drawn. */
  async rowsDrawn(): Promise<number[]> {
    const cells = await this.#page.locator('.list tbody .col-row').allTextContents();
    return cells.map(numberIn);
  }

  /** Heap and buffers after a collection, in octets. */
  async memory(): Promise<number> {
    const session = await this.#page.context().newCDPSession(this.#page);
    await session.send('HeapProfiler.collectGarbage');
    const usage: Readonly<Record<string, number>> = await session.send('Runtime.getHeapUsage');
    await session.detach();
    const parts = ['usedSize', 'backingStorageSize', 'embedderHeapUsedSize'];
    return parts.reduce((sum, name) => sum + (usage[name] ?? 0), 0);
  }

  get #scroller(): Locator {
    return this.#page.locator('.list-scroll');
  }

  get #count(): Locator {
    return this.#page.locator('.list-count');
  }

  /** The rows that are there; a gap stands for as many as it says. */
  async #rowsToldOf(): Promise<number> {
    const rows = numberIn(await this.#count.innerText());
    const gaps = await this.#page.locator('.list tr.is-gap .col-what b').allTextContents();
    return gaps.reduce((sum, gap) => sum + numberIn(gap) - 1, rows);
  }
}

/** The first number of a text, with commas between thousands. */
function numberIn(text: string): number {
  return Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);
}
