import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import type { NextHop } from '#demo-server/boxes/upstream.ts';
import type { DemoServer } from '#demo-server/demo.ts';
import type { Run } from '#demo-server/runs/run.ts';

import { parseBoxErrand, runBoxErrand } from './box-errand.ts';
import type { BoxPort } from './box-port.ts';
import { MAX_ERRAND_CONTENT, parseErrand } from './errand.ts';
import type { Http2Listener } from './http2-listener.ts';
import { sendMethod } from './method-errand.ts';
import { parsePlainRequest } from './plain-request.ts';
import type { RawListener } from './raw-listener.ts';
import { MAX_READERS, parseReading, runReading } from './readers.ts';
import { runErrand, runPlainRequest } from './robot.ts';
import type { TlsEnd } from './tls-end.ts';
import { parseVisit, runVisit } from './visits.ts';

/** At once, of one run: one to look at and one to interfere. */
const MAX_ROBOTS_PER_RUN = 2;
/** At once, of all runs. */
const MAX_ROBOTS = 20;

/** Where robots go: to the demos as boxes reach them, over HTTP/2, past Node's parser, or through a box. */
type Hops = {
  readonly nextHop: NextHop;
  readonly http2: Pick<Http2Listener, 'connect'>;
  readonly raw: Pick<RawListener, 'connect'>;
  readonly boxPort: Pick<BoxPort, 'connect'>;
  readonly tlsEnd: Pick<TlsEnd, 'certificate'>;
};

/** `POST /runs/<run>/robot`: sends a robot to the demo of the same run and tells when it is back. */
export class Robots {
  readonly #hops: Hops;
  readonly #host: () => string;
  readonly #demos: ReadonlyMap<string, DemoServer>;
  readonly #underWay = new Map<Run, number>();
  #readers = 0;

  /** @param host the server's own, as its guard expects it */
  constructor(hops: Hops, host: () => string, demos: ReadonlyMap<string, DemoServer>) {
    this.#hops = hops;
    this.#host = host;
    this.#demos = demos;
  }

  async request(request: IncomingMessage, response: ServerResponse, run: Run): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Send the robot with POST.');
    }
    const demo = this.#demos.get(run.demo) ?? {};
    const { http2Errand } = demo;
    if (!mayTakeRobots(demo)) {
      const names = [...this.#demos].filter(([, one]) => mayTakeRobots(one));
      throw new RequestError(
        404,
        `Begin a run of a demo that takes robots: ${names.map(([name]) => name).join(', ')}.`,
      );
    }
    // Counted before the content is read: a slow sender of errands keeps a place too.
    const leave = this.#enter(run);
    const recall = new AbortController();
    response.once('close', () => {
      recall.abort();
    });
    try {
      if (http2Errand !== undefined) {
        const connect = () => this.#hops.http2.connect(run);
        const content = await readJsonContent(request);
        answerJson(response, 200, await http2Errand(content, connect, recall.signal));
        return;
      }
      if (demo.takesBoxErrands === true) {
        const place = {
          host: this.#host(),
          run: run.id,
          demo: run.demo,
          connect: (box: string) => this.#hops.boxPort.connect({ run, box }),
          certificate: () => this.#hops.tlsEnd.certificate,
        };
        const boxErrand = parseBoxErrand(await readJsonContent(request));
        answerJson(response, 200, await runBoxErrand(boxErrand, place, recall.signal));
        return;
      }
      if (demo.raw !== undefined) {
        const connect = () => this.#hops.raw.connect(run);
        const requestTarget = `/live/${run.id}/${run.demo}/strict`;
        const content = await readJsonContent(request);
        const way = { host: this.#host(), requestTarget };
        answerJson(response, 200, await sendMethod(content, way, connect, recall.signal));
        return;
      }
      const place = {
        nextHop: this.#hops.nextHop,
        host: this.#host(),
        run: run.id,
        demo: run.demo,
      };
      if (demo.takesFieldLines === true) {
        const plain = parsePlainRequest(await readJsonContent(request));
        answerJson(response, 200, await runPlainRequest(plain, place, recall.signal));
        return;
      }
      if (demo.takesVisits === true) {
        const visit = parseVisit(await readJsonContent(request));
        answerJson(response, 200, await runVisit(visit, place, recall.signal));
        return;
      }
      const errand = parseErrand(await readJsonContent(request, MAX_ERRAND_CONTENT));
      answerJson(response, 200, await runErrand(errand, place, recall.signal));
    } finally {
      leave();
    }
  }

  /** `POST /runs/<run>/readers`: lets many robots read the same of a demo at once. */
  async read(request: IncomingMessage, response: ServerResponse, run: Run): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Send the readers with POST.');
    }
    const reading = parseReading(await readJsonContent(request));
    if (this.#readers + reading.robots > MAX_READERS) {
      throw new RequestError(503, 'All robots are under way. Wait for them to come back.');
    }
    const recall = new AbortController();
    response.once('close', () => {
      recall.abort();
    });
    this.#readers += reading.robots;
    try {
      const place = {
        nextHop: this.#hops.nextHop,
        host: this.#host(),
        run: run.id,
        demo: run.demo,
      };
      answerJson(response, 200, await runReading(reading, place, recall.signal));
    } finally {
      this.#readers -= reading.robots;
    }
  }

  #enter(run: Run): () => void {
    const ofRun = this.#underWay.get(run) ?? 0;
    const ofAll = [...this.#underWay.values()].reduce((sum, count) => sum + count, 0);
    if (ofRun >= MAX_ROBOTS_PER_RUN || ofAll >= MAX_ROBOTS) {
      throw new RequestError(503, 'All robots are under way. Wait for one to come back.');
    }
    this.#underWay.set(run, ofRun + 1);
    return () => {
      const left = (this.#underWay.get(run) ?? 1) - 1;
      if (left > 0) this.#underWay.set(run, left);
      else this.#underWay.delete(run);
    };
  }
}

function mayTakeRobots(demo: DemoServer): boolean {
  return (
    demo.takesRobots === true ||
    demo.takesFieldLines === true ||
    demo.takesVisits === true ||
    demo.takesBoxErrands === true ||
    demo.http2Errand !== undefined ||
    demo.raw !== undefined
  );
}
