import { computed, signal } from '@preact/signals';
import { readBatchHead } from '#capture/wire-batch-head.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { defaultValues, type Value, type Values } from '#demo/parameters.ts';
import type { Saw } from '#demo/workbench.ts';
import { words } from '#words/bench.ts';
import { Announcer } from './announcer.ts';
import type { DrawPace } from './draw-pace.ts';
import { Drawing } from './drawing.ts';
import type { LaneChoice } from './lanes.ts';
import { loadInstrument, loadInstrumentWith, type Instrument } from './load-instrument.ts';
import { PageEvents } from './page-events.ts';
import type { Replay } from './replay.ts';
import { NO_ROWS, type Rows } from './rows.ts';
import type { RowStore } from './row-store.ts';
import { RunClient, type Run, type ServerState } from './run-client.ts';
import type { Tab } from './tabs.ts';
import type { ViewState } from './view-address.ts';

/** Longer than the wire's own account takes: it comes in batches, sixty a second. */
const HOLD_MS = 50;

/** Where a bench stands. */
export type BenchPlace = {
  /** Address of the demo's recording, if there is one. */
  readonly recording?: string | undefined;
  /** Whether it is alone on a page that is made for frames. */
  readonly isEmbedded?: boolean;
};

/** More rows than that in one animation frame are a flood. */
const TELLING_ROWS = 256;

/** Everything that one bench knows; its parts are drawn from here and speak only with it. */
export class BenchModel {
  readonly demo: DemoDefinition;
  /** Unique on the page; ids of elements begin with it. */
  readonly id: string;
  readonly state = signal<ServerState>({ name: 'connecting' });
  readonly run = signal<Run | undefined>(undefined);
  readonly values = signal<Values>({});
  /** What is shown in place of the live run. */
  readonly replay = signal<Replay | undefined>(undefined);
  /** Other for each run that is shown. */
  readonly shown = computed(() => this.replay.value?.key ?? this.run.value?.id);
  readonly shownValues = computed(() => this.replay.value?.values ?? this.values.value);
  readonly isFileMenuOpen = signal(false);
  /** Address of the demo's recording; undefined: there is none. */
  readonly recording: string | undefined;
  /** Sentences about what was wrong with the address. */
  readonly problems = signal<readonly string[]>([]);
  readonly tab = signal<Tab>('timeline');
  /** Id of the open challenge; undefined: the first. */
  readonly challenge = signal<string | undefined>(undefined);
  /** Large, plain and one thing at a time, for a room. */
  readonly isProjected = signal(false);
  /** What a projected timeline shows: one thing at a time, unless all are asked for. */
  readonly lane = signal<LaneChoice>('hop-1');
  /** Alone in a frame: it keeps nothing. */
  readonly isEmbedded: boolean;
  readonly announcer = new Announcer();
  /** Counts up once per animation frame in which rows came. */
  readonly tick = signal(0);
  /** Number of the row that the reader chose; undefined: the bench chooses. */
  readonly chosen = signal<number | undefined>(undefined);
  readonly selected = computed(() => {
    void this.tick.value;
    return this.chosen.value ?? this.#telling;
  });
  /** Number of the newest row that the timeline shows while the reader goes step by step. */
  readonly pausedAt = signal<number | undefined>(undefined);
  /** Loaded with the first thing that there is to look at. */
  readonly instrument = signal<Instrument | undefined>(undefined);

  #live: Rows = NO_ROWS;
  #telling: number | undefined;
  /** Number of the newest row that {@link #choose} has seen. */
  #looked = 0;
  #pageEvents = new PageEvents();
  #isReleasing = false;
  #pace: DrawPace | undefined;
  readonly #drawing = new Drawing(
    () => this.#draw(),
    () => (this.#pace ??= this.instrument.value?.newDrawPace(this.demo.isTimed === true)),
  );
  #client: RunClient | undefined;
  /** What the address asks for, until it was done. */
  #wanted: ViewState = {};

  constructor(
    demo: DemoDefinition,
    id: string,
    given: Values = {},
    { recording, isEmbedded = false }: BenchPlace = {},
  ) {
    this.demo = demo;
    this.id = id;
    this.recording = recording;
    this.isEmbedded = isEmbedded;
    this.values.value = { ...defaultValues(demo.parameters), ...given };
  }

  /** The rows of the run that is shown. */
  get store(): Rows {
    return this.replay.value?.store ?? this.#live;
  }

  /** Takes over the reader's address and connects to the demo server. */
  async start(): Promise<void> {
    await this.#readAddress();
    this.#client = new RunClient(this.demo.id, {
      onState: (state) => {
        this.state.value = state;
        if (state.name === 'hosted') void this.playRecording();
        // What the bench had shown for want of a server goes with its return.
        if (state.name === 'live') this.#wentLive();
      },
      onRun: (run) => {
        this.#forget();
        this.run.value = run;
      },
      // The first batch may be empty: it sets the clock.
      onBatch: (batch) => {
        if (readBatchHead(batch).count === 0) return;
        const { value: run } = this.run;
        void this.#withStore((store) => {
          // The instrument may come when that run is gone.
          if (this.run.value === run) store.addBatch(batch);
        });
      },
      lastSeq: () => this.#live.lastSeq,
    });
    void this.#client.start();
    if (this.#wanted.show !== undefined) void this.playRecording();
    else if (this.#wanted.tab !== undefined || this.isProjected.value) this.prepare();
  }

  /** A recording that was asked for stays; one that stood in for the server goes. */
  #wentLive(): void {
    if (this.#wanted.show !== undefined) return;
    if (this.replay.value?.source === 'recording') this.show(undefined);
    if (this.#wanted.row !== undefined) this.#tell(words.address.liveRow);
    this.#wanted = {};
  }

  async #readAddress(): Promise<void> {
    // Most addresses ask for nothing, and what reads them need not be there.
    if (location.search === '') return;
    const { readAddress } = await import('./bench-address.ts');
    const { values, view, problems } = readAddress(this.demo, this.id);
    this.values.value = { ...this.values.value, ...values };
    this.problems.value = problems;
    this.#wanted = view;
    if (view.tab !== undefined) this.tab.value = view.tab;
    // What the address leaves open may have been chosen by hand meanwhile.
    if (view.challenge !== undefined) this.challenge.value = view.challenge;
    if (view.projector !== undefined) this.isProjected.value = true;
    if (view.lane !== undefined) this.lane.value = view.lane;
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

  /** What the panel of a run tells of. It may not know yet that another run has begun. */
  sawIn(run: Run | undefined): Saw {
    return (name, data = {}) => {
      if (this.run.value === run) this.#saw(name, data);
    };
  }

  #saw(name: string, data: Readonly<Record<string, unknown>>): void {
    this.#pageEvents.hold(name, data);
    if (this.#isReleasing) return;
    this.#isReleasing = true;
    setTimeout(() => {
      // Now, and not with the instrument, which may not come this time.
      this.#isReleasing = false;
      void this.#withStore((store) => {
        const { value: run } = this.run;
        if (run !== undefined) this.#pageEvents.release(store, run.clock);
      });
    }, HOLD_MS);
  }

  /** Fetches what may be needed soon, when the reader's hand comes near. */
  prepare(): void {
    void this.#withStore(() => {
      // It has to be here before the server goes; that it could not be had is told when it is asked for.
      if (this.recording)
        this.instrument.value?.fetchRecording(this.recording).catch(() => undefined);
    });
  }

  /** Shows a replay, or the live run again. */
  show(replay: Replay | undefined): void {
    if (replay?.source !== 'recording') this.#wanted = {};
    this.replay.value = replay;
    this.#look();
    this.#drawing.soon();
    const { row, ...rest } = this.#wanted;
    if (row === undefined || replay === undefined) return;
    this.#wanted = rest;
    if (replay.store.row(row) !== undefined) this.chosen.value = row;
    else this.#tell(words.address.noRow(row, replay.store.rows.length));
  }

  /** Shows the demo's recording in place of a live run. */
  async playRecording(): Promise<void> {
    const { recording } = this;
    if (recording === undefined) {
      if (this.#wanted.show !== undefined) this.#tell(words.replay.none);
      return;
    }
    try {
      const instrument = await this.#load();
      const json = await instrument.fetchRecording(recording);
      this.instrument.value = instrument;
      // The server may be back by now.
      if (this.state.value.name !== 'live' || this.#wanted.show !== undefined) {
        this.show(instrument.readReplay(this.demo, json, 'recording'));
      }
    } catch {
      this.#tell(words.replay.notLoaded);
    }
  }

  #tell(problem: string): void {
    if (!this.problems.value.includes(problem)) {
      this.problems.value = [...this.problems.value, problem];
    }
  }

  closeFileMenu(): void {
    this.isFileMenuOpen.value = false;
    document.getElementById(`${this.id}-file`)?.focus();
  }

  readonly now = (): number => this.replay.value?.now ?? this.run.value?.clock.now() ?? 0;

  #load(): Promise<Instrument> {
    if (this.demo.http2 === true) return loadInstrumentWith('http2');
    return this.demo.tls === true ? loadInstrumentWith('tls') : loadInstrument();
  }

  /** Calls come to the store in the order in which they were made. */
  async #withStore(act: (store: RowStore) => void): Promise<void> {
    try {
      const instrument = await this.#load();
      this.instrument.value = instrument;
      if (!(this.#live instanceof instrument.RowStore)) this.#live = new instrument.RowStore();
      act(this.#live as RowStore);
      this.#drawing.soon();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // An import that fails is a TypeError: the file is another one since this page was loaded.
      // Without a server that is no news.
      if (this.state.value.name === 'unreachable') return;
      this.state.value = { name: 'error', reason: words.notLoaded };
    }
  }

  #forget(): void {
    this.#live = NO_ROWS;
    this.#pageEvents = new PageEvents();
    if (this.replay.value === undefined) this.#look();
  }

  /** Begins to look at other rows. */
  #look(): void {
    this.#telling = undefined;
    this.#looked = 0;
    this.announcer.forget();
    this.chosen.value = undefined;
    this.pausedAt.value = undefined;
    this.tick.value++;
  }

  #draw(): void {
    this.#pace?.drawing(this.store.lastNumber - this.#looked);
    this.#choose();
    this.tick.value++;
    this.announcer.tell(
      () => this.store,
      () => this.instrument.value,
    );
  }

  /** Chooses for a reader who has not. Of a flood only the newest rows are looked at. */
  #choose(): void {
    const fresh = this.store.after(this.#looked, TELLING_ROWS, 'newest');
    this.#looked = this.store.lastNumber;
    // Where times are measured, one row's bytes after the other's would take the page's time.
    if (this.demo.isTimed === true && this.#telling !== undefined) return;
    const told = this.store.row(this.#telling);
    this.#telling = this.instrument.value?.tellingRow(fresh, told);
  }
}
