import type { Row } from '#capture/row.ts';
import type { Saw } from '#demo/workbench.ts';
import { PageEvents } from './page-events.ts';
import { RowStore } from './row-store.ts';
import { RunClient, type Run } from './run-client.ts';

/** As in the bench: the wire's own account comes in batches, sixty a second. */
const HOLD_MS = 50;

/** A run without a bench around it: its rows, and nothing to look at them with. */
export class OpeningRun {
  readonly #demo: string;
  #store = new RowStore();
  #events = new PageEvents();
  #run: Run | undefined;
  #isLive = false;
  #isDrawing = false;
  #draw: () => void = () => undefined;

  constructor(demo: string) {
    this.#demo = demo;
  }

  get rows(): readonly Row[] {
    return this.#store.rows;
  }

  /** Of the demo's server side; undefined while there is none. */
  get address(): string | undefined {
    return this.#isLive ? this.#run?.address : undefined;
  }

  readonly now = (): number => this.#run?.clock.now() ?? 0;

  readonly saw: Saw = (name, data = {}) => {
    this.#events.hold(name, data);
    setTimeout(() => {
      if (this.#run !== undefined) this.#events.release(this.#store, this.#run.clock);
      this.#drawSoon();
    }, HOLD_MS);
  };

  /** Begins a run; `draw` is called, once a frame, when there is more to see. */
  start(draw: () => void): void {
    this.#draw = draw;
    const client = new RunClient(this.#demo, {
      onState: ({ name }) => {
        this.#isLive = name === 'live';
        this.#drawSoon();
      },
      onRun: (run) => {
        this.#run = run;
        this.#store = new RowStore();
        this.#events = new PageEvents();
      },
      onBatch: (batch) => {
        this.#store.addBatch(batch);
        this.#drawSoon();
      },
      lastSeq: () => this.#store.lastSeq,
    });
    void client.start();
  }

  #drawSoon(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#draw();
    });
  }
}
