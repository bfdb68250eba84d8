import { differencesOf, tellingOf, type Difference, type Telling } from './difference.ts';
import type { Row } from './row.ts';

/** Rows of two runs that stand beside each other; one alone where the other run has none. */
export type Pair = {
  readonly here?: Row;
  readonly there?: Row;
  /** None of a row that is alone. */
  readonly differences: readonly Difference[];
};

/** So many rows of each run are compared: the work grows with their product. */
export const MAX_COMPARED = 500;

/**
 * Lays two runs of a demo beside each other: rows of one kind, in their order.
 *
 * Each lane is aligned by itself, so that it does not count which of two programs was a millisecond
 * faster than the other.
 *
 * @param here rows in the order of their times, as {@link there}
 * @returns in the order of `here`; what is only there comes behind what it followed
 */
export function compareRuns(here: readonly Row[], there: readonly Row[]): readonly Pair[] {
  const [ours, theirs] = [here, there].map((rows) => rows.slice(0, MAX_COMPARED).map(seen));
  const lanes = Map.groupBy(theirs!, laneOf);
  const partners = new Map<Seen, Seen>();
  for (const [lane, rows] of Map.groupBy(ours!, laneOf)) {
    align(rows, lanes.get(lane) ?? [], partners);
  }
  return inOrder(ours!, theirs!, partners);
}

/** A row, what it is in whatever run, and what of it is compared. */
type Seen = {
  readonly row: Row;
  readonly subject: string;
  readonly telling: Telling;
  /** The same in one text. */
  readonly told: string;
};

function seen(row: Row): Seen {
  const telling = tellingOf(row);
  const told = JSON.stringify([telling.octets, [...telling.values], [...telling.fields]]);
  return { row, subject: subjectOf(row), telling, told };
}

/** One vantage, hop and direction. */
const laneOf = ({ row: { vantage, hop, direction } }: Seen): string =>
  [vantage, hop ?? '', direction ?? ''].join(' ');

function subjectOf({ kind, data }: Row): string {
  switch (kind) {
    case 'http.req.head':
    case 'http.res.head':
      return `${kind} ${String(data['method'])} ${pathOf(String(data['requestTarget']))}`;
    case 'h2.frame':
    case 'ws.message':
      return `${kind} ${String(data['type'])}`;
    case 'ws.frame':
      return `${kind} ${String(data['opcode'])}`;
    case 'app':
    case 'server':
    case 'box':
      return `${kind} ${String(data['name'])}`;
    default:
      return kind;
  }
}

/** Without the run's id and the query, which hold what is other each time. */
const pathOf = (target: string): string =>
  target.replace(/^\/live\/[\w-]{22}\//, '/').replace(/\?.*$/, '');

/** So much more counts that two rows are of one kind than that they say the same. */
const SAME_SUBJECT = 1024;

/** Pairs as many rows of one subject as can be, and among those ways the one with the most alike. */
function align(here: readonly Seen[], there: readonly Seen[], partners: Map<Seen, Seen>): void {
  const width = there.length + 1;
  /** At i · width + j: the most that can be had of what comes from i here and from j there on. */
  const most = new Uint32Array((here.length + 1) * width);
  const worth = (i: number, j: number): number => {
    const [one, other] = [here[i]!, there[j]!];
    if (one.subject !== other.subject) return 0;
    return one.told === other.told ? SAME_SUBJECT + 1 : SAME_SUBJECT;
  };
  for (let i = here.length - 1; i >= 0; i--) {
    for (let j = there.length - 1; j >= 0; j--) {
      const at = i * width + j;
      const paired = worth(i, j);
      most[at] = Math.max(
        paired === 0 ? 0 : paired + most[at + width + 1]!,
        most[at + width]!,
        most[at + 1]!,
      );
    }
  }
  for (let i = 0, j = 0; i < here.length && j < there.length;) {
    const at = i * width + j;
    const paired = worth(i, j);
    if (paired > 0 && most[at] === paired + most[at + width + 1]!) {
      partners.set(here[i++]!, there[j++]!);
    } else if (most[at] === most[at + width]) i++;
    else j++;
  }
}

function inOrder(
  here: readonly Seen[],
  there: readonly Seen[],
  partners: ReadonlyMap<Seen, Seen>,
): readonly Pair[] {
  const taken = new Set(partners.values());
  /** What is only there, by the paired row that it followed. */
  const followers = new Map<Seen | undefined, Pair[]>([[undefined, []]]);
  let last: Seen | undefined;
  for (const other of there) {
    if (taken.has(other)) followers.set((last = other), []);
    else followers.get(last)!.push({ there: other.row, differences: [] });
  }
  const pairs = [...followers.get(undefined)!];
  for (const one of here) {
    const other = partners.get(one);
    if (other === undefined) pairs.push({ here: one.row, differences: [] });
    else {
      const differences = differencesOf(one.telling, other.telling);
      pairs.push({ here: one.row, there: other.row, differences }, ...followers.get(other)!);
    }
  }
  return pairs;
}
