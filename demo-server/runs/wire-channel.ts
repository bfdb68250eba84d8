import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { sayGoingAway } from '#demo-server/going-away.ts';
import { WebSocketServer, type WebSocket } from 'ws';

import { BatchWriter } from './batch-writer.ts';
import type { Place } from './run-ring.ts';
import type { Run } from './run.ts';

/** At most 60 batches a second: a page that gets one message per event stops painting. */
const MIN_BATCH_INTERVAL_MS = 1000 / 60;
/** Above this the page is behind: nothing is sent, and what the ring drops meanwhile is counted. */
const MAX_BUFFERED = 1024 * 1024;
const MAX_BATCH = 256 * 1024;
const HEARTBEAT_MS = 20_000;

/** Of all channels: a batch is written at one go. */
const batch = new BatchWriter();

/** The WebSockets on which pages watch their runs. They are not tapped, and pages send nothing. */
export class WireChannels {
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 1,
  });

  /** Answers an upgrade: first what is stored after `seq`, then what comes. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, run: Run, seq: number): void {
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      new WireChannel(webSocket, run, seq);
    });
  }

  /** Closes all with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return sayGoingAway(this.#webSockets.clients);
  }
}

/** One page that watches one run. It has a place in the run's ring, never a queue of its own. */
class WireChannel {
  readonly #webSocket: WebSocket;
  readonly #run: Run;
  #place: Place;
  #lastFlushAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #missedPongs = 0;

  constructor(webSocket: WebSocket, run: Run, seq: number) {
    this.#webSocket = webSocket;
    this.#run = run;
    this.#place = run.ring.placeAfter(seq);
    const unwatch = run.watch(() => {
      this.#schedule();
    });
    const heartbeat = setInterval(() => {
      this.#beat();
    }, HEARTBEAT_MS).unref();
    // Not 1001, after which a page waits for the server to come back, and begins its run anew.
    const end = () => {
      webSocket.close(1000, 'This run has ended.');
    };
    run.ended.addEventListener('abort', end, { once: true });
    webSocket.on('pong', () => {
      this.#missedPongs = 0;
    });
    webSocket.on('error', () => {
      webSocket.terminate();
    });
    webSocket.on('close', () => {
      unwatch();
      clearInterval(heartbeat);
      clearTimeout(this.#timer);
      run.ended.removeEventListener('abort', end);
    });
    this.#flush();
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#lastFlushAt + MIN_BATCH_INTERVAL_MS - performance.now();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#flush();
      },
      Math.max(0, Math.ceil(wait)),
    );
  }

  #flush(): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return;
    // Also when nothing is sent, or a page that is behind would be looked after without a pause.
    this.#lastFlushAt = performance.now();
    if (this.#webSocket.bufferedAmount <= MAX_BUFFERED) this.#send();
    if (this.#place.seq < this.#run.ring.lastSeq) this.#schedule();
  }

  /** Sends the first batch also when it is empty: the page learns the run's clock from it. */
  #send(): void {
    const { ring, now } = this.#run;
    batch.begin();
    this.#place = ring.write(batch, this.#place, MAX_BATCH);
    this.#webSocket.send(batch.finish(now));
  }

  #beat(): void {
    this.#missedPongs += 1;
    if (this.#missedPongs > 2) this.#webSocket.terminate();
    else this.#webSocket.ping();
  }
}
