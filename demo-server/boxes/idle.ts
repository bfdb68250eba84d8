import type { Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

import { defineBox, type BoxServer } from '#demo-server/box.ts';

import { forward, forwardUpgrade, headOf } from './proxy.ts';

const parameters = { idleMs: { type: 'number', default: 1500, min: 50, max: 120_000 } } as const;

/** What a box does to a connection on which nothing has moved for a while. */
export type OnIdle = {
  /** What its note says. */
  readonly name: string;
  readonly why: string;
  /** Absent: nothing more passes, and nobody is told. */
  readonly end?: (client: Socket) => void;
};

/**
 * A box that forgets connections which are silent too long: NATs, firewalls and balancers do.
 *
 * It counts while an exchange is under way or the connection has switched. Between two requests a
 * browser's connection is not the box's alone: the next one may go another way.
 */
export function idleBox({ name, why, end }: OnIdle): BoxServer<typeof parameters> {
  return defineBox({
    parameters,

    request(request, response, context) {
      const { idleMs } = context.values;
      const gate = new Gate(idleMs, () => {
        context.note(name, { idleMs, why });
        end?.(request.socket);
      });
      response.once('close', () => gate.destroy());
      forward(request, response, context, {
        content: request.pipe(gate.way()),
        comeBack(incoming) {
          if (gate.isShut) {
            incoming.resume();
            return;
          }
          gate.touch();
          response.writeHead(...headOf(incoming, context));
          response.flushHeaders();
          incoming.pipe(gate.way()).pipe(response);
        },
      });
    },

    upgrade(request, socket, head, context) {
      const { idleMs } = context.values;
      forwardUpgrade(request, socket, head, context, {
        join(client, origin) {
          const gate = new Gate(idleMs, () => {
            context.note(name, { idleMs, why });
            end?.(request.socket);
            // Silent or not, who hangs up is let go.
            client.once('end', () => client.end());
          });
          client.once('close', () => gate.destroy());
          client.pipe(gate.way()).pipe(origin);
          origin.pipe(gate.way()).pipe(client);
        },
      });
    },
  });
}

/** Lets octets pass both ways until nothing has for too long; then never again. */
class Gate {
  isShut = false;
  readonly #idleMs: number;
  readonly #onShut: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(idleMs: number, onShut: () => void) {
    this.#idleMs = idleMs;
    this.#onShut = onShut;
    this.#timer = setTimeout(() => {
      this.isShut = true;
      this.#onShut();
    }, this.#idleMs);
  }

  /** Something has moved. */
  touch(): void {
    if (!this.isShut) this.#timer.refresh();
  }

  /** One direction. Its end does not pass a shut gate either. */
  way(): Transform {
    const pass = (octets: Buffer | undefined, done: TransformCallback) => {
      if (!this.isShut) {
        this.touch();
        done(null, octets);
      } else if (octets !== undefined) done();
    };
    return new Transform({
      transform: (octets: Buffer, _encoding, done) => {
        pass(octets, done);
      },
      flush: (done) => {
        pass(undefined, done);
      },
    });
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }
}
