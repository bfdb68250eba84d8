import type { Row } from './row.ts';

/** How another row belongs to this one. */
export type RelationKind =
  | 'request'
  | 'response'
  | 'stored'
  | 'revalidated-by'
  | 'ping'
  | 'pong'
  | 'close'
  | 'close-answer'
  | 'frame'
  | 'message'
  | 'acknowledged'
  | 'acknowledgement'
  | 'same-update';

export type Relation = { readonly kind: RelationKind; readonly row: number };

/** Rows by their number; all that is asked of a store. */
export type RowsByNumber = { row(number: number | undefined): Row | undefined };

/** So many rows before and after are looked at: a pair further apart than this is not found. */
const REACH = 2000;

/** More say nothing that these do not. */
const MAX_RELATIONS = 20;

/** Finds the rows that belong to one: its request, its Pong, the 304 that renewed it, and so on. */
export function relationsOf(row: Row, rows: RowsByNumber): readonly Relation[] {
  const found = [...named(row, rows)];
  for (const other of around(row, rows)) {
    if (found.length >= MAX_RELATIONS) break;
    const kind = backwards(row, other) ?? byContent(row, other);
    if (kind !== undefined && !found.some((each) => each.row === other.number)) {
      found.push({ kind, row: other.number });
    }
  }
  return found.toSorted((one, other) => one.row - other.row);
}

/** What the row itself names. */
function* named(row: Row, rows: RowsByNumber): Iterable<Relation> {
  const { revalidates, frames } = row.data;
  if (typeof revalidates === 'number') yield { kind: 'stored', row: revalidates };
  if (Array.isArray(frames)) {
    for (const frame of frames as number[]) yield { kind: 'frame', row: frame };
  } else if (row.answers !== undefined) {
    const kind = answeredKind(row, rows.row(row.answers));
    if (kind !== undefined) yield { kind, row: row.answers };
  }
}

function answeredKind(row: Row, answered: Row | undefined): RelationKind | undefined {
  switch (answered?.kind) {
    case 'http.req.head':
      return 'request';
    case 'ws.frame':
      return row.data['opcode'] === 10 ? 'ping' : 'close';
    default:
      return undefined;
  }
}

/** What the other row says about this one. */
function backwards(row: Row, other: Row): RelationKind | undefined {
  if (other.data['revalidates'] === row.number) return 'revalidated-by';
  const { frames } = other.data;
  if (Array.isArray(frames) && frames.includes(row.number)) return 'message';
  if (other.answers !== row.number) return undefined;
  if (other.kind === 'http.res.head') return 'response';
  if (other.kind !== 'ws.frame') return undefined;
  return other.data['opcode'] === 10 ? 'pong' : 'close-answer';
}

/** What only the two messages' content tells: the same id the other way, or the same number again. */
function byContent(row: Row, other: Row): RelationKind | undefined {
  if (!isWhole(row) || !isWhole(other) || (row.hop ?? 0) !== (other.hop ?? 0)) return undefined;
  const [mine, theirs] = [contentOf(row), contentOf(other)];
  if (mine === undefined || theirs === undefined) return undefined;
  if (row.direction === other.direction) {
    const isSame = row.direction === 'down' && mine['number'] !== undefined;
    return isSame && row.data[textOf(row)] === other.data[textOf(other)]
      ? 'same-update'
      : undefined;
  }
  const [asked, answer] = row.direction === 'up' ? [mine, theirs] : [theirs, mine];
  const isLater = (row.direction === 'up') === row.number < other.number;
  const isPair = asked['id'] !== undefined && ackOf(answer) === asked['id'];
  if (!isPair || !isLater) return undefined;
  return row.direction === 'up' ? 'acknowledgement' : 'acknowledged';
}

const ackOf = (content: Content): unknown =>
  content['ack'] ?? content['acknowledged'] ?? content['id'];

/** An update out of a numbered feed, and how it stands among the others. */
export type NumberedUpdate = {
  readonly row: number;
  readonly number: number;
  /** `late`: a higher number had come before. `doubled`: the same update had come before. */
  readonly state: 'in-order' | 'late' | 'doubled';
};

/** The updates of one feed, over all the connections that carried it. */
export type NumberedFeed = {
  readonly updates: readonly NumberedUpdate[];
  /** Numbers below the highest that never came. */
  readonly lost: readonly number[];
};

/** A feed that counts so far is no lesson’s. */
const MAX_UPDATES = 10_000;

/**
 * Reads the feeds of numbered updates (`{"number": 7, …}`, downwards, at the page) out of a run.
 *
 * The same number with other content begins another feed.
 */
export function numberedFeeds(rows: Iterable<Row>): readonly NumberedFeed[] {
  const feeds: { updates: NumberedUpdate[]; texts: Map<number, unknown>; highest: number }[] = [];
  let count = 0;
  for (const row of rows) {
    if (!isWhole(row) || row.direction !== 'down' || (row.hop ?? 0) !== 0) continue;
    const number = contentOf(row)?.['number'];
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 1) continue;
    if (number > MAX_UPDATES || ++count > MAX_UPDATES) continue;
    const text = row.data[textOf(row)];
    let feed = feeds.at(-1);
    const known = feed?.texts.get(number);
    if (feed === undefined || (known !== undefined && known !== text)) {
      feed = { updates: [], texts: new Map(), highest: 0 };
      feeds.push(feed);
    }
    const state = feed.texts.has(number) ? 'doubled' : number < feed.highest ? 'late' : 'in-order';
    feed.updates.push({ row: row.number, number, state });
    feed.texts.set(number, text);
    feed.highest = Math.max(feed.highest, number);
  }
  return feeds.map(({ updates, texts, highest }) => ({
    updates,
    lost: Array.from({ length: highest }, (_, index) => index + 1).filter(
      (number) => !texts.has(number),
    ),
  }));
}

type Content = Readonly<Record<string, unknown>>;

const isWhole = ({ kind }: Row) => kind === 'ws.message' || kind === 'sse.event';
const textOf = ({ kind }: Row) => (kind === 'sse.event' ? 'data' : 'text');

/** The fields of a message that is a JSON object; of others nothing. */
function contentOf(row: Row): Content | undefined {
  const text = row.data[textOf(row)];
  if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Content;
  } catch {
    return undefined;
  }
}

/** Rows near this one, the nearest first. */
function* around({ number }: Row, rows: RowsByNumber): Iterable<Row> {
  for (let away = 1; away <= REACH; away++) {
    const [before, after] = [rows.row(number - away), rows.row(number + away)];
    if (before === undefined && after === undefined) return;
    if (before !== undefined) yield before;
    if (after !== undefined) yield after;
  }
}
