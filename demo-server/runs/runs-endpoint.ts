import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import type { Robots } from '#demo-server/robot/robots.ts';

import type { RunStore } from './run-store.ts';
import type { Run } from './run.ts';
import { WireChannels } from './wire-channel.ts';

const WIRE_TARGET = /^\/runs\/([^/?]+)\/wire(?:\?(.*))?$/;
const READERS_TARGET = /^\/runs\/([^/?]+)\/readers$/;
const ROBOT_TARGET = /^\/runs\/([^/?]+)\/robot$/;

/** `POST /runs` begins a run; below it, a page watches it and sends robots. */
export class RunsEndpoint {
  readonly #runs: RunStore;
  readonly #demos: ReadonlyMap<string, unknown>;
  readonly #robots: Robots;
  readonly #channels = new WireChannels();

  constructor(runs: RunStore, demos: ReadonlyMap<string, unknown>, robots: Robots) {
    this.#runs = runs;
    this.#robots = robots;
    this.#demos = demos;
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id] = ROBOT_TARGET.exec(request.url ?? '') ?? [];
    if (id !== undefined) {
      await this.#robots.request(request, response, this.#runNamed(id));
      return;
    }
    const [, readBy] = READERS_TARGET.exec(request.url ?? '') ?? [];
    if (readBy !== undefined) {
      await this.#robots.read(request, response, this.#runNamed(readBy));
      return;
    }
    if (request.url !== '/runs') throw new RequestError(404, 'Begin a run with POST /runs.');
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Begin a run with POST /runs.');
    }
    const { demo } = await readJsonContent(request);
    if (typeof demo !== 'string') {
      throw new RequestError(400, 'Name a demo, such as {"demo":"echo"}.');
    }
    if (!this.#demos.has(demo)) {
      const names = [...this.#demos.keys()].join(', ');
      throw new RequestError(404, `There is no such demo. There are ${names}.`);
    }
    const run = this.#runs.create(demo);
    answerJson(response, 201, { run: run.id, demo, now: run.now });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [, id = '', query = ''] = WIRE_TARGET.exec(request.url ?? '') ?? [];
    const run = this.#runNamed(id);
    const after = new URLSearchParams(query).get('after') ?? '0';
    if (!/^\d{1,15}$/.test(after)) {
      throw new RequestError(400, 'after is the number of the last event that you have.');
    }
    this.#channels.upgrade(request, socket, head, run, Number(after));
  }

  /** Closes all wire channels with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return this.#channels.close();
  }

  #runNamed(id: string): Run {
    const run = this.#runs.get(id);
    if (run !== undefined) return run;
    throw new RequestError(404, 'This run has ended. Begin another with POST /runs.');
  }
}
