import type { DemoContext } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

import { ServerProcess } from './server-process.ts';

type Run = DemoContext['run'];

/** How the balancer chooses the server of a new WebSocket. */
export const RULES = ['round-robin', 'fewest-sockets'] as const;
export type Rule = (typeof RULES)[number];

/** A client's WebSocket, at the server of that name. */
export type Seat = { readonly server: string };

/** Servers of one run, by their names. */
export const SERVER_NAMES = ['A', 'B', 'C', 'D'] as const;
/** Those with which a round begins; the others are the new ones. */
export const OLD: readonly string[] = ['A', 'B'];
/** Of all runs together: two whole fleets. */
const MAX_PROCESSES = 8;

const fleets = new Map<Run, Fleet>();

/** The server processes of a run, and what its balancer and its ledger know. */
export class Fleet {
  rule: Rule = 'round-robin';
  /** Messages that have been dealt with, by client; what a database would hold. */
  readonly done = new Map<number, Set<number>>();
  /** Where each client's WebSocket is. */
  readonly seats = new Map<number, Seat>();
  readonly #run: Run;
  /** In rotation, in the order of their names. */
  #servers: ServerProcess[] = [];
  /** Those that have been begun and neither ended nor been killed with the fleet. */
  readonly #all = new Set<ServerProcess>();
  readonly #starting = new Set<ServerProcess>();
  #requests = 0;
  #upgrades = 0;

  private constructor(run: Run) {
    this.#run = run;
  }

  /** The fleet of a run, which is now the last to have been used. */
  static of(run: Run): Fleet {
    const known = fleets.get(run);
    const fleet = known ?? new Fleet(run);
    fleets.delete(run);
    fleets.set(run, fleet);
    if (known === undefined) {
      const end = () => {
        fleet.end();
        fleets.delete(run);
      };
      run.ended.addEventListener('abort', end, { once: true });
      if (run.ended.aborted) end();
    }
    return fleet;
  }

  get names(): string[] {
    return this.#servers.map(({ name }) => name);
  }

  /** Ends all, forgets all. */
  end(): void {
    for (const server of this.#all) server.kill();
    // What is killed does no more, and takes no name and no room from the next, though it takes a moment.
    this.#all.clear();
    this.#starting.clear();
    this.#servers = [];
    this.done.clear();
    this.seats.clear();
    this.#requests = 0;
    this.#upgrades = 0;
  }

  /** Starts those of the servers that are missing; resolves with what has begun. */
  async start(names: readonly string[]): Promise<readonly ServerProcess[]> {
    const known = [...this.#servers, ...this.#starting].map(({ name }) => name);
    const missing = names.filter((name) => !known.includes(name));
    const started = await Promise.all(missing.map((name) => this.#start(name)));
    return started.filter((server) => server !== undefined);
  }

  /** Takes a server out of the rotation: nobody new is sent to it. */
  take(name: string): ServerProcess | undefined {
    const server = this.#servers.find((one) => one.name === name);
    this.#servers = this.#servers.filter((one) => one !== server);
    return server;
  }

  /** The server of the next request: each in turn. */
  nextForRequest(): ServerProcess {
    return this.#turn(this.#requests++);
  }

  /** The server of the next WebSocket, by the rule. */
  nextForSocket(): ServerProcess {
    if (this.rule === 'round-robin') return this.#turn(this.#upgrades++);
    const [first] = this.#servers.toSorted(
      (one, other) => this.socketsAt(one.name) - this.socketsAt(other.name),
    );
    return first ?? this.#turn(0);
  }

  socketsAt(name: string): number {
    return [...this.seats.values()].filter(({ server }) => server === name).length;
  }

  /** How many of the WebSockets are at a server that was not there in the beginning, in percent. */
  get onNew(): number {
    const moved = [...this.seats.values()].filter(({ server }) => !OLD.includes(server)).length;
    return this.seats.size === 0 ? 0 : Math.round((100 * moved) / this.seats.size);
  }

  async #start(name: string): Promise<ServerProcess | undefined> {
    makeRoom(this);
    const server = new ServerProcess(name, (client, message) => {
      const ofClient = this.done.get(client) ?? new Set();
      this.done.set(client, ofClient.add(message));
    });
    this.#all.add(server);
    void server.ended.then(() => {
      this.#all.delete(server);
      this.#servers = this.#servers.filter((one) => one !== server);
    });
    this.#starting.add(server);
    const listens = await server.begin();
    this.#starting.delete(server);
    if (!listens || !this.#all.has(server) || this.#run.ended.aborted) {
      server.kill();
      return undefined;
    }
    this.#servers = [...this.#servers, server].toSorted((one, other) =>
      one.name.localeCompare(other.name),
    );
    return server;
  }

  get size(): number {
    return this.#all.size;
  }

  #turn(count: number): ServerProcess {
    const server = this.#servers[count % this.#servers.length];
    if (server !== undefined) return server;
    throw new RequestError(503, 'There is no server. Press Start.');
  }
}

/** Where there are too many processes, the fleet that was used longest ago is ended. */
function makeRoom(forFleet: Fleet): void {
  const count = [...fleets.values()].reduce((sum, { size }) => sum + size, 0);
  if (count < MAX_PROCESSES) return;
  for (const fleet of fleets.values()) {
    if (fleet === forFleet || fleet.size === 0) continue;
    fleet.end();
    return;
  }
  throw new RequestError(503, 'Too many servers are running. Wait until some have ended.');
}
