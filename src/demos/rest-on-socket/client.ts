import { nextTiming } from '#demo/resource-timing.ts';

/** What is wanted of a named resource. */
export type Wish = {
  readonly do: 'get' | 'put' | 'delete';
  readonly name: string;
  readonly value?: string;
  /** Only if it is this version still. */
  readonly if?: string | undefined;
  readonly type?: string;
  readonly trace?: string;
};

/** What the other end has said to it, as far as the protocol has words for that. */
export type Reply = {
  readonly value?: string;
  readonly status?: string;
  readonly error?: { readonly reason: string; readonly limit?: number };
  readonly version?: string;
  readonly type?: string;
  readonly freshSeconds?: number;
  /** Nothing crossed the wire for it. */
  readonly isKept?: boolean;
};

export type Ask = (wish: Wish) => Promise<Reply>;

/** What both ends of a WebSocket have agreed on, as far as a client has to know it. */
export type Agreed = Readonly<
  Record<'methods' | 'ids' | 'versions' | 'freshness' | 'types' | 'trace', boolean>
>;

type Waiting = { readonly id: string; readonly answer: (reply: Reply) => void };

/** A protocol on a socket, piece by piece: what is not agreed on, no message says. */
export class OwnProtocol {
  readonly #socket: WebSocket;
  readonly #agreed: Agreed;
  readonly #waiting: Waiting[] = [];
  readonly #kept = new Map<string, { readonly reply: Reply; readonly until: number }>();
  #last = 0;

  constructor(socket: WebSocket, agreed: Agreed) {
    this.#socket = socket;
    this.#agreed = agreed;
    socket.onmessage = ({ data }) =>
      this.#hear(JSON.parse(String(data)) as Reply & { id?: string });
  }

  readonly ask: Ask = async (wish) => {
    const { methods, ids, versions, freshness, types, trace } = this.#agreed;
    const kept = this.#kept.get(wish.name);
    if (wish.do !== 'get') this.#kept.delete(wish.name);
    else if (kept !== undefined && performance.now() < kept.until) {
      return { ...kept.reply, isKept: true };
    }
    const id = String((this.#last += 1));
    this.#socket.send(
      JSON.stringify({
        ...(ids && { id }),
        ...(methods && { do: wish.do }),
        name: wish.name,
        value: wish.value,
        ...(versions && { if: wish.if }),
        ...(types && { type: wish.type }),
        ...(trace && { trace: wish.trace }),
      }),
    );
    const reply = await new Promise<Reply>((answer) => this.#waiting.push({ id, answer }));
    if (freshness && wish.do === 'get' && reply.freshSeconds !== undefined) {
      const until = performance.now() + 1000 * reply.freshSeconds;
      this.#kept.set(wish.name, { reply, until });
    }
    return reply;
  };

  /** Without ids, an answer can only be meant for who has waited longest. */
  #hear(reply: Reply & { id?: string }): void {
    const index = this.#agreed.ids ? this.#waiting.findIndex(({ id }) => id === reply.id) : 0;
    this.#waiting.splice(index, 1)[0]?.answer(reply);
  }
}

/** The same by HTTP: every piece has its place already. */
export function overHttp(address: string): Ask {
  return async ({ do: method, name, value, if: version, type, trace }) => {
    const { href } = new URL(name, address);
    const timing = method === 'get' ? nextTiming(href) : undefined;
    const response = await fetch(href, {
      method: method.toUpperCase(),
      headers: {
        ...(value !== undefined && { 'Content-Type': 'application/json' }),
        ...(version !== undefined && { 'If-Match': version }),
        ...(type !== undefined && { Accept: type }),
        // Version, trace, the caller's own step, and that it is recorded.
        ...(trace !== undefined && { traceparent: `00-${trace}-${trace.slice(0, 16)}-01` }),
      },
      ...(value !== undefined && { body: JSON.stringify({ value }) }),
    });
    const content = await response.text();
    const etag = response.headers.get('ETag');
    return {
      status: String(response.status),
      ...(response.ok ? { value: content } : { error: readProblem(content) }),
      ...(etag !== null && { version: etag }),
      type: response.headers.get('Content-Type') ?? '',
      isKept: (await timing)?.transferSize === 0,
    };
  };
}

/** RFC 9457 §3: `title` says what kind of problem it is; `limit` is this server's own member. */
function readProblem(content: string): { reason: string; limit?: number } {
  const { title, limit } = JSON.parse(content) as { title: string; limit?: number };
  return { reason: title, ...(limit !== undefined && { limit }) };
}

/** Opens the shelf's WebSocket, for these pieces. */
export async function openSocket(address: string, pieces: readonly string[]): Promise<WebSocket> {
  const url = new URL(`ws?pieces=${pieces.join(',')}`, address.replace(/^http/, 'ws'));
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onclose = ({ code }) => reject(new Error(`no connection, close code ${code}`));
  });
  return socket;
}
