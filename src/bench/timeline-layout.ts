import type { Row } from '#capture/row.ts';
import { dataText } from './row-data.ts';

/** One thing on the timeline, and where it stands. */
export type TimelineItem = {
  readonly top: number;
  readonly height: number;
} & (
  | { readonly type: 'silence'; readonly ms: number }
  | { readonly type: 'divider'; readonly row: Row }
  /** Between two lifelines; lane 0 is the browser's, each box has one, the last is the server's. */
  | {
      readonly type: 'arrow';
      readonly row: Row;
      readonly fromLane: number;
      readonly toLane: number;
    }
  /** On one lifeline: the script's, a box's, the server's. */
  | { readonly type: 'mark'; readonly row: Row; readonly lane: number }
);

export type Timeline = {
  readonly items: readonly TimelineItem[];
  readonly height: number;
  /** Names of the boxes between browser and server, outermost first. */
  readonly boxes: readonly string[];
};

const heights = { silence: 34, divider: 32, arrow: 44, mark: 28 } as const;

/** Longer silence than this is folded to one line. */
const SILENCE_MS = 700;

/** Places rows, in the order of their times, under each other. */
export function layOutTimeline(rows: readonly Row[]): Timeline {
  const paths = new Paths(rows);
  const streams = new Set(rows.filter(({ kind }) => kind === 'sse.event').map(exchangeKey));
  const items: TimelineItem[] = [];
  let top = 0;
  let before: number | undefined;
  const place = (item: Placeless) => {
    const height = heights[item.type];
    items.push({ ...item, top, height });
    top += height;
  };
  for (const row of rows) {
    paths.pass(row);
    const item = isShown(row, streams) ? itemOf(row, paths) : undefined;
    if (item === undefined) continue;
    if (before !== undefined && row.t - before > SILENCE_MS) {
      place({ type: 'silence', ms: row.t - before });
    }
    before = row.t;
    place(item);
  }
  return { items, height: top, boxes: paths.boxes };
}

type Placeless = TimelineItem extends infer Item
  ? Item extends TimelineItem
    ? Omit<Item, 'top' | 'height'>
    : never
  : never;

const exchangeKey = (row: Row) => `${row.connection ?? ''}/${String(row.data['exchange'])}`;

/** The list has every row; the timeline leaves out what another row of it says already. */
function isShown(row: Row, streams: ReadonlySet<string>): boolean {
  switch (row.kind) {
    case 'ws.handshake':
      return row.hop === 0;
    case 'ws.message':
      return Number(row.data['fragments']) > 1;
    case 'http.chunk':
    case 'http.res.body':
      // A chunked body is there as its chunks.
      if (row.octets === undefined) return false;
      return !streams.has(exchangeKey(row));
    case 'tcp.fin':
    case 'tcp.close':
      // How a WebSocket or a request ended is said by frames and heads, but for a failure.
      return row.data['hadError'] === true;
    default:
      return true;
  }
}

function itemOf(row: Row, paths: Paths): Placeless {
  if (row.kind === 'ws.handshake' || row.kind === 'dropped') return { type: 'divider', row };
  if (row.vantage === 'page') return { type: 'mark', row, lane: -1 };
  if (row.vantage === 'server') return { type: 'mark', row, lane: paths.serverLane };
  if (row.vantage === 'box') return { type: 'mark', row, lane: paths.hopOf(row) + 1 };
  if (row.direction === undefined || row.kind === 'tcp.open')
    return { type: 'mark', row, lane: paths.hopOf(row) };
  const hop = paths.hopOf(row);
  const client = hop;
  const server = paths.isDirect(row) ? paths.serverLane : hop + 1;
  return row.direction === 'up'
    ? { type: 'arrow', row, fromLane: client, toLane: server }
    : { type: 'arrow', row, fromLane: server, toLane: client };
}

/** Which boxes stand on whose path. */
class Paths {
  readonly serverLane: number;
  readonly boxes: readonly string[];
  readonly #hops = new Map<number, number>();
  /** Boxes that are still to be passed, by connection. */
  readonly #ahead = new Map<number, number>();
  /** Connections that a box took in whom no address names: the demo itself is one. */
  readonly #taken = new Set<number>();

  constructor(rows: readonly Row[]) {
    const boxes: string[] = [];
    for (const { kind, hop, connection, data } of rows) {
      if (connection !== undefined && hop !== undefined) this.#hops.set(connection, hop);
      if (kind === 'tcp.open' && hop !== undefined && hop > 0)
        boxes[hop - 1] = dataText(data, 'box') || 'box';
    }
    const isNamed = (box: string) =>
      rows.some(({ data }) => dataText(data, 'requestTarget').includes(`/via/${box}`));
    const unnamed = boxes.filter((box) => !isNamed(box));
    for (const { kind, data } of unnamed.length === 0 ? [] : rows) {
      if (kind !== 'tcp.open' || !unnamed.includes(dataText(data, 'box'))) continue;
      this.#taken.add(Number(data['onBehalfOf']));
    }
    this.boxes = boxes;
    this.serverLane = boxes.length + 1;
  }

  /** Takes note of where a request is sent. */
  pass({ kind, connection, data }: Row): void {
    if (kind !== 'http.req.head' || connection === undefined) return;
    const boxes = String(data['requestTarget']).match(/\/via\//g)?.length ?? 0;
    this.#ahead.set(connection, boxes);
  }

  hopOf({ hop, connection }: Row): number {
    return hop ?? (connection === undefined ? 0 : (this.#hops.get(connection) ?? 0));
  }

  isDirect({ connection }: Row): boolean {
    if (connection === undefined) return true;
    return (this.#ahead.get(connection) ?? 0) === 0 && !this.#taken.has(connection);
  }
}

/** The items that are within a stretch of the timeline. */
export function itemsWithin(
  items: readonly TimelineItem[],
  from: number,
  to: number,
): readonly TimelineItem[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle]!;
    if (item.top + item.height <= from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && items[end]!.top < to) end++;
  return items.slice(low, end);
}
