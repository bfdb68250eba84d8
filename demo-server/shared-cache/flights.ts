import type { Owner } from './response-store.ts';

/**
 * How a request to the origin ended for those who waited for it.
 *
 * `settled`: what it brought is stored, or can't be. `lost`: the client that it was made for went
 * away first, so another one has to ask.
 */
export type Landing = 'settled' | 'lost';

/** Requests that are under way to the origin, so that others for the same can wait. RFC 9111 §4. */
export class Flights {
  readonly #underWay = new WeakMap<Owner, Map<string, Promise<Landing>>>();

  /** What to wait for; `undefined` when nobody has asked. */
  of(owner: Owner, key: string): Promise<Landing> | undefined {
    return this.#underWay.get(owner)?.get(key);
  }

  /** Says that the origin is being asked; calling the returned function says that it has answered. */
  begin(owner: Owner, key: string): (landing: Landing) => void {
    const flights = this.#underWay.get(owner) ?? new Map<string, Promise<Landing>>();
    this.#underWay.set(owner, flights);
    const { promise, resolve } = Promise.withResolvers<Landing>();
    flights.set(key, promise);
    return (landing) => {
      if (flights.get(key) === promise) flights.delete(key);
      resolve(landing);
    };
  }
}
