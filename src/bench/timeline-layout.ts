import type { Row } from '#capture/row.ts';
import type { Sender } from '#capture/wire-event.ts';
import { laneOf, laneOfHop, type Lane } from './lanes.ts';
import { firstMoved, type Rows } from './rows.ts';
import { countUpTo, TimelinePaths } from './timeline-paths.ts';

/** One thing on the timeline, and where it stands. */
export type TimelineItem = Place & What;

type Place = { readonly top: number; readonly height: number };

type What =
  /** So many rows come before what is laid out. */
  | { readonly type: 'earlier'; readonly rows: number }
  | { readonly type: 'silence'; readonly ms: number }
  | OfRow;

type OfRow =
  | { readonly type: 'divider'; readonly row: Row }
  /** Between two lifelines; lane 0 is the client's, each box has one, the last is the server's. */
  | {
      readonly type: 'arrow';
      readonly row: Row;
      readonly fromLane: number;
      readonly toLane: number;
    }
  /** On one lifeline: the script's, a box's, the server's. */
  | { readonly type: 'mark'; readonly row: Row; readonly lane: number };

/** What a timeline is laid out from. */
export type TimelineRows = Pick<
  Rows,
  'byTime' | 'row' | 'placeOf' | 'insertions' | 'generation' | 'see'
>;

export type TimelineView = {
  /** So many rows, in the order of their times; all when left out. */
  readonly until?: number;
  /** CSS pixels per millisecond between two rows; 0: they stand one under the other. */
  readonly scale?: number;
  /** Shows rows of this lane alone; all when left out. */
  readonly lane?: Lane | undefined;
};

const heights = { earlier: 32, silence: 34, divider: 32, arrow: 44, mark: 28 } as const;

/** Longer silence than this is folded to one line. */
const SILENCE_MS = 700;
/** With a scale, what would take more room than this is folded. */
const MAX_GAP = 240;

/** More items than twice this are not laid out: of what is older, the list has every row. */
const LAID_ITEMS = 65_536;

/**
 * Places rows, in the order of their times, under each other, and goes on where it stood when more
 * have come.
 *
 * A number is kept per item; what the item is, is found out when it is in sight.
 */
export class TimelineLayout {
  readonly #rows: TimelineRows;
  readonly #paths = new TimelinePaths();
  /** Exchanges that carry an event stream. */
  readonly #streams = new Set<string>();
  /** Numbers of rows; of a silence, its length with a minus. */
  #numbers: number[] = [];
  #tops: number[] = [];
  #height = 0;
  /** The rows from `start` up to `laid` are laid out. */
  #start = 0;
  #laid = 0;
  /** So many rows are known to {@link #paths}. */
  #learned = 0;
  #lastTime: number | undefined;
  #scale = 0;
  #lane: Lane | undefined;
  #insertions = 0;
  #generation = 0;

  constructor(rows: TimelineRows) {
    this.#rows = rows;
  }

  /** In CSS pixels. */
  get height(): number {
    return this.#height;
  }

  /** Names of the boxes between browser and server, outermost first. */
  get boxes(): readonly string[] {
    return this.#paths.boxes;
  }

  /** Who opens the connections to the first of them, as far as somebody has. */
  get clients(): readonly Sender[] {
    return this.#paths.clients;
  }

  get isEmpty(): boolean {
    return this.#numbers.length === 0;
  }

  /** Numbers of the rows that are shown, in the order of time, and of silences, below 0. */
  get numbers(): readonly number[] {
    return this.#numbers;
  }

  /** Takes in what has come or changed since the last time. */
  update({ until = this.#rows.byTime.length, scale = 0, lane }: TimelineView = {}): void {
    const { generation, insertions } = this.#rows;
    if (scale !== this.#scale || lane !== this.#lane) this.#restart(this.#start);
    if (generation !== this.#generation) {
      this.#learned = 0;
      this.#restart(this.#start === 0 ? 0 : until - LAID_ITEMS);
    }
    const moved = Math.min(until, firstMoved(this.#rows, this.#insertions));
    this.#generation = generation;
    this.#scale = scale;
    this.#lane = lane;
    this.#insertions = insertions.length;
    if (moved < this.#laid) this.#cut(moved);
    const newest = until - 2 * LAID_ITEMS;
    if (newest > this.#laid || this.#numbers.length > 2 * LAID_ITEMS) {
      this.#restart(until - LAID_ITEMS);
    }
    const streams = this.#streams.size;
    this.#layOut(until);
    if (this.#streams.size === streams) return;
    // What stands further up may belong to a stream, of which only the events are shown.
    this.#restart(this.#start);
    this.#layOut(until);
  }

  /** The items that are within a stretch of the timeline. */
  itemsWithin(from: number, to: number): readonly TimelineItem[] {
    const items: TimelineItem[] = [];
    if (this.#start > 0 && from < heights.earlier) {
      items.push({ type: 'earlier', rows: this.#start, top: 0, height: heights.earlier });
    }
    const first = Math.max(0, countUpTo(this.#tops, from) - 1);
    for (let index = first; index < this.#tops.length && this.#tops[index]! < to; index++) {
      const item = this.itemAt(index);
      if (item.top + item.height > from) items.push(item);
    }
    return items;
  }

  itemAt(index: number): TimelineItem {
    const number = this.#numbers[index]!;
    const top = this.#tops[index]!;
    if (number <= 0) return { type: 'silence', ms: -number, top, height: heights.silence };
    const item = itemOf(this.#rows.row(number)!, this.#paths);
    return { ...item, top, height: heights[item.type] };
  }

  /** The index of a row among what is shown; -1 for one that is not. */
  indexOf(number: number | undefined): number {
    return number === undefined || number <= 0 ? -1 : this.#numbers.lastIndexOf(number);
  }

  /** The number of the first row from some place on that would be shown. */
  nextShown(place: number): number | undefined {
    const { byTime } = this.#rows;
    for (let at = place; at < byTime.length; at++) {
      const row = byTime[at]!;
      if (this.#isShown(row)) return row.number;
    }
    return undefined;
  }

  /** The number of the shown row that came last before a place in time, or else of the first. */
  nearestShown(place: number): number | undefined {
    const isBefore = (number: number) => number > 0 && this.#rows.placeOf(number) <= place;
    return this.#numbers.findLast(isBefore) ?? this.#numbers.find((number) => number > 0);
  }

  /** The lane that a row is in; `undefined` for what each lane shows. */
  laneOf(row: Row): Lane | undefined {
    return laneOf(row, this.#paths.hopOf(row));
  }

  #isShown(row: Row): boolean {
    const lane = this.#lane && this.laneOf(row);
    if (lane !== undefined && lane !== this.#lane) return false;
    return isShown(row, this.#streams, this.#lane !== undefined);
  }

  #isInLane(hop = 0): boolean {
    return this.#lane === undefined || this.#lane === laneOfHop(hop);
  }

  #layOut(until: number): void {
    if (this.#learned < this.#laid) {
      this.#rows.see(this.#learned, this.#laid, (_, row) => {
        if (row !== undefined) this.#paths.learn(row);
      });
    }
    this.#rows.see(this.#laid, until, (number, row, frames) => {
      if (row !== undefined) this.#paths.learn(row);
      if (row?.kind === 'sse.event') this.#streams.add(exchangeKey(row));
      if (frames?.isMessage(number)) return;
      const isHidden =
        row === undefined ? !this.#isInLane(frames!.originOf(number).hop) : !this.#isShown(row);
      if (isHidden) return;
      this.#placeAfter(row?.t ?? frames!.timeOf(number));
      const type = row === undefined ? 'arrow' : itemOf(row, this.#paths).type;
      this.#place(number, heights[type]);
    });
    this.#laid = Math.max(this.#laid, until);
    this.#learned = Math.max(this.#learned, this.#laid);
  }

  /** Leaves room for the time since the last row. */
  #placeAfter(t: number): void {
    const ms = this.#lastTime === undefined ? 0 : t - this.#lastTime;
    this.#lastTime = t;
    const gap = ms * this.#scale;
    if (this.#scale > 0 && gap <= MAX_GAP) this.#height += Math.round(gap);
    else if (this.#scale > 0 || ms > SILENCE_MS) this.#place(-ms, heights.silence);
  }

  #place(number: number, height: number): void {
    this.#numbers.push(number);
    this.#tops.push(this.#height);
    this.#height += height;
  }

  #restart(start: number): void {
    this.#start = Math.max(0, Math.min(start, this.#rows.byTime.length));
    this.#laid = this.#start;
    this.#numbers = [];
    this.#tops = [];
    this.#height = this.#start > 0 ? heights.earlier : 0;
    this.#lastTime = undefined;
  }

  /** Forgets the rows from a place on. */
  #cut(place: number): void {
    let length = this.#numbers.length;
    for (; length > 0; length--) {
      const number = this.#numbers[length - 1]!;
      if (number > 0 && this.#rows.placeOf(number) < place) break;
    }
    if (length === 0) {
      this.#restart(this.#start);
      return;
    }
    const last = this.itemAt(length - 1);
    this.#height = last.top + last.height;
    this.#lastTime = this.#rows.row(this.#numbers[length - 1])?.t;
    this.#numbers.length = length;
    this.#tops.length = length;
    this.#laid = place;
  }
}

const exchangeKey = (row: Row) => `${row.connection ?? ''}/${String(row.data['exchange'])}`;

/** The list has every row; the timeline leaves out what another row of it says already. */
function isShown(row: Row, streams: ReadonlySet<string>, isLaneAlone: boolean): boolean {
  switch (row.kind) {
    case 'ws.handshake':
      return row.hop === 0 || isLaneAlone;
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

function itemOf(row: Row, paths: TimelinePaths): OfRow {
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
