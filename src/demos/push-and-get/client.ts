import { hangUp } from '#demo/hang-up.ts';
import { nextTiming } from '#demo/resource-timing.ts';

/** One look at the snapshot. */
export type Look = {
  readonly version: number;
  /** When the server made this version, in milliseconds on the run's clock. */
  readonly at: number;
  /** By Resource Timing: whether nothing at all crossed the wire for it. */
  readonly fromCache: boolean;
};

type Told = { readonly changed: string; readonly at: number };

/**
 * Shows what the server has, as soon as it has it: each message is the snapshot, or says by which
 * address to get it.
 */
export class Reader {
  readonly #address: string;
  readonly #socket: WebSocket;
  readonly #onLook: (look: Look) => void;
  readonly #onProblem: (problem: string) => void;
  /** Where the newest version is; undefined where versions come whole. */
  #newest: string | undefined;

  constructor(
    address: string,
    way: string,
    on: { look: (look: Look) => void; open: () => void; close: (code: number) => void },
    onProblem: (problem: string) => void,
  ) {
    this.#address = address;
    this.#onLook = on.look;
    this.#onProblem = onProblem;
    this.#socket = new WebSocket(new URL(`ws?way=${way}`, address));
    this.#socket.onopen = on.open;
    this.#socket.onclose = ({ code }) => on.close(code);
    this.#socket.onmessage = ({ data }) => this.#hear(JSON.parse(String(data)) as Look | Told);
  }

  /** Looks once more at what was seen last. */
  again(): void {
    if (this.#newest === undefined) this.#socket.send('{"want":"snapshot"}');
    else void this.#get(this.#newest);
  }

  close(): void {
    hangUp(this.#socket);
  }

  #hear(told: Look | Told): void {
    if (!('changed' in told)) {
      this.#onLook({ version: told.version, at: told.at, fromCache: false });
      return;
    }
    this.#newest = told.changed;
    void this.#get(told.changed);
  }

  async #get(path: string): Promise<void> {
    try {
      const { href } = new URL(path, this.#address);
      const timing = nextTiming(href);
      const response = await fetch(href);
      if (!response.ok) throw new Error(`answered with ${response.status}`);
      const { version, at } = (await response.json()) as { version: number; at: number };
      this.#onLook({ version, at, fromCache: (await timing)?.transferSize === 0 });
    } catch (error) {
      this.#onProblem((error as Error).message);
    }
  }
}

/** Makes a new version. Whoever is connected hears of it. */
export async function changeSnapshot(address: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(new URL('changes', address), {
    method: 'POST',
    headers,
    body: '{}',
  });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
}
