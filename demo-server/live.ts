import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { RequestHead } from '#protocol/http/head.ts';

import { readBoxSegment, type PlacedBox } from './box-segment.ts';
import type { BoxContext, BoxServer } from './box.ts';
import { Upstream, type NextHop } from './boxes/upstream.ts';
import type { DemoContext, DemoServer } from './demo.ts';
import { answerError, answerUpgradeError, RequestError, SECURITY_FIELDS } from './front/answers.ts';
import { parseLiveTarget, type LiveTarget } from './live-target.ts';
import type { MessageLimit } from './message-limit.ts';
import { OpenWebSockets } from './open-web-sockets.ts';
import { Reading } from './reading.ts';
import type { RawAnswer } from './robot/raw-listener.ts';
import type { Connections } from './runs/connections.ts';
import type { RunStore } from './runs/run-store.ts';
import type { Run } from './runs/run.ts';
import { readAsAnswersAreRead } from './unread.ts';

const MAX_HOPS = 4;
/** In an address, the box that a reader has to name. */
const HIDDEN = 'hidden';
/** Event streams and long polls are such responses. */
const MAX_OPEN_RESPONSES = 400;

/** What all `/live/` addresses are served from. */
export type LiveParts = {
  readonly runs: RunStore;
  readonly connections: Connections;
  readonly demos: ReadonlyMap<string, DemoServer>;
  readonly boxes: ReadonlyMap<string, BoxServer>;
  readonly nextHop: NextHop;
  /** Absent in a load test. */
  readonly messageLimit: MessageLimit | undefined;
};

type Place = { readonly run: Run; readonly target: LiveTarget; readonly connection: number };

/** Of one client's connection, by run and box. */
type OpenUpstreams = Map<string, { readonly upstream: Upstream; readonly end: () => void }>;

/** Brings what comes for `/live/…`, on either listener, to its demo or to the first box on its way. */
export class Live {
  readonly #parts: LiveParts;
  readonly #webSockets = new OpenWebSockets();
  readonly #upstreams = new WeakMap<Socket, OpenUpstreams>();
  #openResponses = 0;

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  request(request: IncomingMessage, response: ServerResponse): void {
    this.#openResponses += 1;
    response.once('close', () => {
      this.#openResponses -= 1;
    });
    this.#serve(request, response).catch((error: unknown) => {
      answerError(response, error);
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#switch(request, socket, head).catch((error: unknown) => {
      answerUpgradeError(socket, error);
    });
  }

  /** Brings a stream of our robot's to the demo of its run. */
  stream(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    run: Run,
    connection: number,
  ): void {
    const demo = this.#parts.demos.get(run.demo);
    if (demo?.stream === undefined) {
      stream.respond({ ':status': 404 }, { endStream: true });
      return;
    }
    const note: DemoContext['note'] = (name, data, on) => {
      run.note('server', name, data, on);
    };
    demo.stream(stream, headers, { run, connection, note });
  }

  /** Brings our robot's request past Node's parser to the demo of its run. */
  raw(head: RequestHead, run: Run, connection: number): RawAnswer | undefined {
    const note: DemoContext['note'] = (name, data, on) => {
      run.note('server', name, data, on);
    };
    return this.#parts.demos.get(run.demo)?.raw?.(head, { run, connection, note });
  }

  /** Closes all WebSockets with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return this.#webSockets.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#openResponses > MAX_OPEN_RESPONSES) {
      throw new RequestError(503, 'Too many requests are open. Close a tab and try again.');
    }
    const place = this.#placeOf(request);
    const { box } = place.target;
    endWithRun(response, place.run);
    if (box !== undefined) {
      const placed = this.#placedBox(box, place.run);
      placed.box.request(request, response, this.#boxContext(place, placed, request));
      return;
    }
    for (const [name, value] of Object.entries(SECURITY_FIELDS)) response.setHeader(name, value);
    const demo = this.#demoOf(place);
    if (demo.request === undefined) throw new RequestError(404, 'This demo answers no requests.');
    await demo.request(request, response, this.#demoContext(place, request));
  }

  async #switch(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const place = this.#placeOf(request);
    const { box } = place.target;
    endWithRun(socket, place.run);
    if (box !== undefined) {
      const placed = this.#placedBox(box, place.run);
      placed.box.upgrade(request, socket, head, this.#boxContext(place, placed, request));
      return;
    }
    const demo = this.#demoOf(place);
    if (demo.upgrade === undefined) throw new RequestError(404, 'This demo has no WebSocket.');
    await demo.upgrade(request, socket, head, this.#demoContext(place, request));
  }

  #demoContext({ run, target, connection }: Place, request: IncomingMessage): DemoContext {
    const { connections } = this.#parts;
    const { socket } = request;
    return {
      run,
      now: () => run.now,
      guessing: run,
      rest: target.rest,
      query: target.query,
      connection,
      note: (name, data, on) => {
        run.note('server', name, data, on);
      },
      adopt: (webSocket) => {
        const reading = new Reading(webSocket);
        readAsAnswersAreRead(webSocket, socket, reading);
        this.#webSockets.adopt(webSocket, () => connections.lastHeard(socket));
        this.#parts.messageLimit?.watch(run, webSocket, reading, (name, data) => {
          run.note('server', name, data, connection);
        });
        return reading;
      },
      asBox: (box, connect) => {
        const hop = connections.hopOf(request.socket) + 1;
        const origin = { sender: 'BOX', hop, box, onBehalfOf: connection } as const;
        const capturing = () => {
          const opened = connect();
          connections.opened(opened, () => origin);
          return opened;
        };
        const open = () => new Upstream({ connect: capturing }, origin);
        return {
          box,
          values: {},
          run,
          requestTarget: request.url ?? '',
          upstream: open(),
          openUpstream: open,
          note: (name, data) => {
            run.note('box', name, { box, ...data }, connection);
          },
        };
      },
    };
  }

  #placeOf(request: IncomingMessage): Place {
    const target = parseLiveTarget(request.url ?? '');
    const run = this.#parts.runs.get(target.run);
    if (run === undefined) {
      throw new RequestError(404, 'This run has ended. Begin another with POST /runs.');
    }
    if (run.demo !== target.demo) {
      throw new RequestError(404, `This run is of the demo ${run.demo}. Begin one of the other.`);
    }
    return { run, target, connection: this.#parts.connections.numberOf(request.socket) };
  }

  #demoOf({ run }: Place): DemoServer {
    const demo = this.#parts.demos.get(run.demo);
    if (demo === undefined) throw new RequestError(404, 'There is no such demo on this server.');
    return demo;
  }

  /** A hidden box keeps its name to itself, on the timeline and in `Via`. */
  #placedBox(segment: string, run: Run): PlacedBox {
    if (segment !== HIDDEN || run.hidden === undefined) {
      return readBoxSegment(segment, this.#parts.boxes);
    }
    return { ...readBoxSegment(run.hidden, this.#parts.boxes), name: HIDDEN };
  }

  #boxContext(
    { run, target, connection }: Place,
    { name: box, values }: PlacedBox,
    request: IncomingMessage,
  ): BoxContext {
    const hop = this.#parts.connections.hopOf(request.socket) + 1;
    if (hop > MAX_HOPS) {
      throw new RequestError(400, `Put at most ${String(MAX_HOPS)} boxes on the way.`);
    }
    const origin = { sender: 'BOX', hop, box, onBehalfOf: connection } as const;
    const open = () => new Upstream(this.#parts.nextHop, origin);
    return {
      box,
      values,
      run,
      requestTarget: target.nextTarget,
      upstream: this.#upstreamOf(request.socket, run, box, open),
      openUpstream: () => new Upstream(this.#parts.nextHop, origin, run.ended),
      note: (name, data) => {
        run.note('box', name, { box, ...data }, connection);
      },
    };
  }

  /** One per client connection, run and box; it ends with whichever of them ends first. */
  #upstreamOf(socket: Socket, run: Run, box: string, open: () => Upstream): Upstream {
    const upstreams = this.#upstreamsOf(socket);
    const key = `${run.id}/${box}`;
    const known = upstreams.get(key);
    if (known !== undefined) return known.upstream;
    const upstream = open();
    const end = () => {
      upstream.destroy();
      upstreams.delete(key);
      run.ended.removeEventListener('abort', end);
    };
    upstreams.set(key, { upstream, end });
    run.ended.addEventListener('abort', end);
    return upstream;
  }

  /** With one listener for all: a browser's connection may go through every box there is. */
  #upstreamsOf(socket: Socket): OpenUpstreams {
    const known = this.#upstreams.get(socket);
    if (known !== undefined) return known;
    const upstreams: OpenUpstreams = new Map();
    this.#upstreams.set(socket, upstreams);
    socket.once('close', () => {
      for (const { end } of upstreams.values()) end();
    });
    return upstreams;
  }
}

/** A given-up run leaves nothing open: no stream, no poll, no upgraded connection. */
function endWithRun(stream: Duplex | ServerResponse, run: Run): void {
  const end = () => stream.destroy();
  run.ended.addEventListener('abort', end);
  stream.once('close', () => {
    run.ended.removeEventListener('abort', end);
  });
}
