import type { Row } from '#capture/row.ts';
import type { Sender } from '#capture/wire-event.ts';
import { dataText } from './row-data.ts';

/** Who stands on whose path: the clients at its beginning, and the boxes between. */
export class TimelinePaths {
  readonly #boxes: string[] = [];
  readonly #clients = new Set<Sender>();
  readonly #hops = new Map<number, number>();
  /** Requests of a connection, by number, with how many boxes were still to be passed. */
  readonly #requests = new Map<number, { numbers: number[]; ahead: number[] }>();

  /** Boxes that stand in addresses. */
  readonly #named = new Set<string>();
  /** Connections that a box took in, by number: one that no address names is the demo itself. */
  readonly #taken = new Map<number, string>();
  /** Connections of which no request can be read. */
  readonly #sealed = new Set<number>();

  /** Names of the boxes between client and server, outermost first. */
  get boxes(): readonly string[] {
    return this.#boxes;
  }

  /** Senders of what the first hop carries. */
  get clients(): readonly Sender[] {
    return [...this.#clients];
  }

  get serverLane(): number {
    return this.#boxes.length + 1;
  }

  /** Takes note of who opened a connection, and where a request is sent. */
  learn({ number, kind, hop, connection, sender, data }: Row): void {
    if (connection === undefined) return;
    if (hop !== undefined) this.#hops.set(connection, hop);
    if (kind === 'tls.record') this.#sealed.add(connection);
    if (kind === 'tcp.open' && hop === 0) this.#clients.add(sender as Sender);
    if (kind === 'tcp.open' && hop !== undefined && hop > 0) {
      const box = dataText(data, 'box') || 'box';
      this.#boxes[hop - 1] = box;
      this.#taken.set(Number(data['onBehalfOf']), box);
    }
    // One that swallows or holds a request opens no connection that would tell of it.
    if (kind === 'box') {
      const lane = this.#hops.get(connection) ?? 0;
      this.#boxes[lane] = dataText(data, 'box') || (this.#boxes[lane] ?? 'box');
    }
    if (kind !== 'http.req.head') return;
    const boxes = boxesAhead(dataText(data, 'requestTarget'));
    boxes.forEach((box, index) => {
      this.#named.add(box);
      this.#boxes[(hop ?? 0) + index] ??= box;
    });
    this.#learnRequest(connection, number, boxes.length);
  }

  hopOf({ hop, connection }: Row): number {
    return hop ?? (connection === undefined ? 0 : (this.#hops.get(connection) ?? 0));
  }

  /** Whether no box is on the way of what a row's request asks for. */
  isDirect({ number, connection }: Row): boolean {
    if (connection === undefined) return true;
    const taker = this.#taken.get(connection);
    // What a box opened on its behalf tells of it, where no request that can be read names it.
    if (taker !== undefined && (this.#sealed.has(connection) || !this.#named.has(taker))) {
      return false;
    }
    const requests = this.#requests.get(connection);
    if (requests === undefined) return true;
    return (requests.ahead[countUpTo(requests.numbers, number) - 1] ?? 0) === 0;
  }

  #learnRequest(connection: number, number: number, ahead: number): void {
    const requests = this.#requests.get(connection) ?? { numbers: [], ahead: [] };
    this.#requests.set(connection, requests);
    if (number <= (requests.numbers.at(-1) ?? 0)) return;
    requests.numbers.push(number);
    requests.ahead.push(ahead);
  }
}

/** The boxes that a request is still to pass. */
function boxesAhead(requestTarget: string): readonly string[] {
  return [...requestTarget.matchAll(/\/via\/([^/;?]*)/g)].map(([, box = '']) => box || 'box');
}

/** How many of rising numbers are at most `value`. */
export function countUpTo(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
