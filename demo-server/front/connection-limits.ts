import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const MAX_WITHOUT_HEAD = 1000;
const MAX_UNANSWERED = 16;

/**
 * Keeps silent and greedy connections from taking a server for themselves.
 *
 * Of the connections that have not finished a head, the oldest gives way when there are too many; one
 * that asks on and on without taking answers is cut.
 */
export class ConnectionLimits {
  readonly #withoutHead = new Set<Socket>();
  readonly #unanswered = new WeakMap<Socket, Set<ServerResponse>>();
  readonly #maxWithoutHead: number;

  constructor(maxWithoutHead = MAX_WITHOUT_HEAD) {
    this.#maxWithoutHead = maxWithoutHead;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#add(socket);
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#withoutHead.delete(request.socket);
      this.#count(request.socket, response);
    });
    server.on('upgrade', (request: IncomingMessage) => this.#withoutHead.delete(request.socket));
  }

  /** Whether an answer on this connection has begun and is not at its end. */
  isAnswering(socket: Socket): boolean {
    return [...(this.#unanswered.get(socket) ?? [])].some(({ headersSent }) => headersSent);
  }

  #add(socket: Socket): void {
    const [oldest] = this.#withoutHead;
    if (this.#withoutHead.size >= this.#maxWithoutHead) oldest?.destroy();
    this.#withoutHead.add(socket);
    socket.once('close', () => this.#withoutHead.delete(socket));
  }

  #count(socket: Socket, response: ServerResponse): void {
    const unanswered = this.#unanswered.get(socket) ?? new Set();
    this.#unanswered.set(socket, unanswered.add(response));
    if (unanswered.size > MAX_UNANSWERED) socket.destroy();
    response.once('close', () => unanswered.delete(response));
  }
}
