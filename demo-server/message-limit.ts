import type { WebSocket } from 'ws';

import { MESSAGES_PER_SECOND, MessageRate } from './message-rate.ts';
import type { Reading } from './reading.ts';
import type { Run } from './runs/run.ts';

const HOLDER = 'message-limit';

/** Keeps every run to its message rate: above it, the WebSocket that sent is not read for a while. */
export class MessageLimit {
  readonly #rates = new WeakMap<Run, MessageRate>();

  /** Counts what a WebSocket of a run brings. A pause is noted once, when it begins. */
  watch(
    run: Run,
    webSocket: WebSocket,
    reading: Reading,
    note: (name: string, data: Readonly<Record<string, unknown>>) => void,
  ): void {
    const rate = this.#rates.get(run) ?? new MessageRate();
    this.#rates.set(run, rate);
    let resumeAt = 0;
    let timer: NodeJS.Timeout | undefined;
    const resume = () => {
      const waitMs = resumeAt - performance.now();
      if (waitMs > 0) {
        timer = setTimeout(resume, Math.ceil(waitMs));
        return;
      }
      timer = undefined;
      reading.release(HOLDER);
    };
    const count = () => {
      const waitMs = rate.count();
      if (waitMs === 0) return;
      resumeAt = performance.now() + waitMs;
      if (timer !== undefined) return;
      reading.hold(HOLDER);
      note('reading-paused', { why: 'message rate', messagesPerSecond: MESSAGES_PER_SECOND });
      timer = setTimeout(resume, Math.ceil(waitMs));
    };
    for (const event of ['message', 'ping', 'pong']) webSocket.on(event, count);
    webSocket.once('close', () => {
      clearTimeout(timer);
    });
  }
}
