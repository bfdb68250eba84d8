import { TimelineLayout, type TimelineItem, type TimelineRows } from '#bench/timeline-layout.ts';
import type { Row } from '#capture/row.ts';

/** Rows in the order in which they stand; more may be put among them. */
export class GivenRows implements TimelineRows {
  readonly byTime: Row[];
  readonly insertions: number[] = [];
  readonly generation = 0;

  constructor(rows: readonly Row[]) {
    this.byTime = [...rows];
  }

  row(number: number | undefined): Row | undefined {
    return this.byTime.find((one) => one.number === number);
  }

  placeOf(number: number): number {
    return this.byTime.findIndex((one) => one.number === number);
  }

  see(from: number, to: number, see: Parameters<TimelineRows['see']>[2]): void {
    for (const one of this.byTime.slice(from, to)) see(one.number, one, undefined);
  }

  put(place: number, one: Row): void {
    if (place < this.byTime.length) this.insertions.push(place);
    this.byTime.splice(place, 0, one);
  }
}

export const itemsOf = (layout: TimelineLayout): readonly TimelineItem[] =>
  layout.itemsWithin(-1, layout.height + 1);

/** Lays out all rows at once. */
export function layOutTimeline(rows: readonly Row[]) {
  const layout = new TimelineLayout(new GivenRows(rows));
  layout.update();
  return { items: itemsOf(layout), height: layout.height, boxes: layout.boxes };
}
