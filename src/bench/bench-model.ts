import { computed, signal } from '@preact/signals';
import type { DemoDefinition } from '#demo/definition.ts';
import {
  defaultValues,
  parseAddress,
  serializeAddress,
  type Value,
  type Values,
} from '#demo/parameters.ts';
import type { Saw } from '#demo/workbench.ts';
import { words } from '#words/bench.ts';
import { loadInstrument, type Instrument } from './load-instrument.ts';
import { PageEvents } from './page-events.ts';
import { NO_ROWS, type Rows } from './rows.ts';
import type { RowStore } from './row-store.ts';
import { RunClient, type Run, type ServerState } from './run-client.ts';

/** Longer than the wire's own account takes: it comes in batches, sixty a second. */
const HOLD_MS = 50;

export type Tab = 'timeline' | 'list' | 'ledger' | 'code';

/** Everything that one bench knows; its parts are drawn from here and speak only with it. */
export class BenchModel {
  readonly demo: DemoDefinition;
  /** Unique on the page; ids of elements begin with it. */
  readonly id: string;
  readonly state = signal<ServerState>({ name: 'connecting' });
  readonly run = signal<Run | undefined>(undefined);
  readonly values = signal<Values>({});
  /** Sentences about what was wrong with the address. */
  readonly problems = signal<readonly string[]>([]);
  readonly tab = signal<Tab>('timeline');
  readonly isAnnouncing = signal(false);
  /** What a screen reader is told while {@link isAnnouncing}. */
  readonly announcement = signal('');
  /** Counts up once per animation frame in which rows came. */
  readonly tick = signal(0);
  /** Number of the row that the reader chose; undefined: the bench chooses. */
  readonly chosen = signal<number | undefined>(undefined);
  readonly selected = computed(() => {
    void this.tick.value;
    return this.chosen.value ?? this.#telling;
  });
  /** Loaded with the first thing that there is to look at. */
  readonly instrument = signal<Instrument | undefined>(undefined);
  store: Rows = NO_ROWS;

  #telling: number | undefined;
  #pageEvents = new PageEvents();
  #isReleasing = false;
  #drawing = false;
  #announced = 0;
  #announcing: ReturnType<typeof setTimeout> | undefined;
  #client: RunClient | undefined;

  constructor(demo: DemoDefinition, id: string, given: Values = {}) {
    this.demo = demo;
    this.id = id;
    this.values.value = { ...defaultValues(demo.parameters), ...given };
  }

  /** Takes over the reader's address and connects to the demo server. */
  start(): void {
    const { values, problems } = parseAddress(this.demo, location.search);
    this.values.value = { ...this.values.value, ...values };
    this.problems.value = problems;
    this.#client = new RunClient(this.demo.id, {
      onState: (state) => (this.state.value = state),
      onRun: (run) => {
        this.#forget();
        this.run.value = run;
      },
      // The first batch may be empty: it sets the clock.
      onEvents: (events) => {
        if (events.length > 0) void this.#withStore((store) => store.addWire(events));
      },
    });
    void this.#client.start();
  }

  /** Leaves this run and begins a new one. */
  clear(): void {
    this.run.value = undefined;
    this.#forget();
    void this.#client?.start();
  }

  open(tab: Tab): void {
    this.tab.value = tab;
    this.prepare();
  }

  set(name: string, value: Value): void {
    this.values.value = { ...this.values.value, [name]: value };
  }

  readonly saw: Saw = (name, data = {}) => {
    this.#pageEvents.hold(name, data);
    if (this.#isReleasing) return;
    this.#isReleasing = true;
    setTimeout(() => {
      void this.#withStore((store) => {
        this.#isReleasing = false;
        const { value: run } = this.run;
        if (run !== undefined) this.#pageEvents.release(store, run.clock);
      });
    }, HOLD_MS);
  };

  /** Fetches the instrument ahead of need, when the reader's hand comes near. */
  prepare(): void {
    void this.#withStore(() => undefined);
  }

  readonly now = (): number => this.run.value?.clock.now() ?? 0;

  /** An address that opens this page with this bench as it is. */
  link(): string {
    const url = new URL(location.href);
    url.search = serializeAddress(this.demo, this.values.value, url.search);
    return url.href;
  }

  /** Calls come to the store in the order in which they were made. */
  async #withStore(act: (store: RowStore) => void): Promise<void> {
    try {
      const instrument = await loadInstrument();
      this.instrument.value = instrument;
      if (!(this.store instanceof instrument.RowStore)) this.store = new instrument.RowStore();
      act(this.store as RowStore);
      this.#draw();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // An import that fails is a TypeError: the file is another one since this page was loaded.
      this.state.value = { name: 'error', reason: words.notLoaded };
    }
  }

  #forget(): void {
    this.store = NO_ROWS;
    this.#pageEvents = new PageEvents();
    this.#telling = undefined;
    this.chosen.value = undefined;
    this.tick.value++;
  }

  #draw(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    const draw = () => {
      if (!this.#drawing) return;
      this.#drawing = false;
      this.#telling = this.instrument.value?.tellingRow(this.store.rows, this.#telling);
      this.tick.value++;
      this.#announce();
    };
    requestAnimationFrame(draw);
    // No animation frame comes while the page is hidden, but the rows do.
    setTimeout(draw, 250);
  }

  /** At most every two seconds, so that speech can keep up. */
  #announce(): void {
    if (!this.isAnnouncing.value || this.#announcing !== undefined) return;
    const before = this.#announced;
    this.#announcing = setTimeout(() => {
      this.#announcing = undefined;
      const { rows } = this.store;
      this.#announced = rows.length;
      const last = rows.at(-1);
      const { value: instrument } = this.instrument;
      if (last === undefined || instrument === undefined || rows.length === before) return;
      const { title, detail } = instrument.rowWords(last);
      this.announcement.value = `${rows.length - before} new rows, the last: ${title} ${detail}`;
    }, 2000);
  }
}
