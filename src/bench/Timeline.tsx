import { useEffect, useMemo, useRef } from 'preact/hooks';
import { formatMs } from '#controls/number-format.ts';
import { words as frame } from '#words/bench.ts';
import { timelineWords as words, timelineWordsThen as wordsThen } from '#words/timeline.ts';
import type { BenchModel } from './bench-model.ts';
import type { Choices } from './choices.ts';
import { isGrowing } from './is-growing.ts';
import { LaneBar, LaneEnds } from './LaneBar.tsx';
import { lanesOf, type LaneChoice } from './lanes.ts';
import { focusWhenDrawn, useKeptFocus } from './kept-focus.ts';
import { Lifelines, scriptOf } from './Lifelines.tsx';
import { moveChoice } from './row-keys.ts';
import { useScrollWindow } from './scroll-window.ts';
import { TimelineBar } from './TimelineBar.tsx';
import { TimelineLayout, type TimelineItem, type TimelineView } from './timeline-layout.ts';
import { TimelineRow } from './TimelineRow.tsx';
import { useScale } from './timeline-scale.ts';

/** How far outside of the visible stretch items are drawn, in CSS pixels. */
const MARGIN = 300;

/** The run as a sequence diagram: lifelines side by side, time downwards. */
export function Timeline({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const { store } = model;
  const layout = useMemo(() => new TimelineLayout(store), [store]);
  const scale = useScale();
  const pausedAt = model.pausedAt.value;
  // The row at which the reader stands may be gone by now: then the newest are shown.
  const pausedPlace = pausedAt === undefined ? -1 : store.placeOf(pausedAt);
  const until = pausedPlace < 0 ? store.byTime.length : pausedPlace + 1;
  const asked = model.isProjected.value ? model.lane.value : 'all';
  const shownLane = layOutLane(layout, asked, { until, scale: scale.pxPerMs });
  const view = useScrollWindow(layout.height, isGrowing(model));
  const selected = model.selected.value;
  const shown = layout.itemsWithin(view.from - MARGIN, view.to + MARGIN);
  const entrance = entranceOf(shown, selected, view.from);
  useKeptFocus(view.ref);

  useLaneOfChoice(model, layout, shownLane);

  /** Keeps the chosen row in sight and, when the keys are here, focused. */
  useEffect(() => {
    const index = layout.indexOf(model.chosen.value);
    const scroller = view.ref.current;
    if (index < 0 || scroller === null || store.row(model.chosen.value) === undefined) return;
    const { top, height } = layout.itemAt(index);
    view.reveal(top, height);
    focusWhenDrawn(scroller, `[data-row="${String(model.chosen.value)}"]`);
  }, [model.chosen.value]);

  const follow = () => {
    view.follow();
    view.ref.current?.focus({ preventScroll: true });
  };
  const isLaneAlone = shownLane !== 'all';
  const lanes = lanesOf(layout.boxes.length);
  const stations = stationsOf(model, layout);
  const moveLane = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || shownLane === 'all') return;
    event.preventDefault();
    model.lane.value = lanes[lanes.indexOf(shownLane) + step] ?? shownLane;
  };

  return (
    <div
      class={`timeline ${isLaneAlone ? 'is-lane-alone' : `hops-${layout.boxes.length + 1}`}`}
      data-lane={shownLane}
    >
      {model.isProjected.value && (
        <LaneBar model={model} lanes={lanes} shown={shownLane} stations={stations} />
      )}
      {isLaneAlone ? (
        <LaneEnds lanes={lanes} shown={shownLane} stations={stations} />
      ) : (
        <Lifelines model={model} boxes={layout.boxes} client={clientOf(layout, model)} />
      )}
      <div
        class="timeline-scroll"
        ref={view.ref}
        onScroll={view.onScroll}
        onKeyDown={(event) => {
          moveChoice(event, model, choicesOf(layout));
          moveLane(event);
        }}
        tabIndex={-1}
      >
        {layout.isEmpty ? (
          <p class="timeline-empty">
            {store.byTime.length === 0 || !isLaneAlone ? frame.timelineEmpty : words.lanes.empty}
          </p>
        ) : (
          <ol class="timeline-items" aria-label={words.name} style={{ height: view.extent }}>
            {shown.map((item) => (
              <TimelineRow
                key={keyOf(item)}
                item={item}
                shift={view.shift}
                model={model}
                isSelected={'row' in item && item.row.number === selected}
                isEntrance={'row' in item && item.row.number === entrance}
              />
            ))}
          </ol>
        )}
      </div>
      <TimelineBar
        model={model}
        layout={layout}
        until={until}
        scale={scale}
        follow={view.isFollowing || model.replay.value !== undefined ? undefined : follow}
      />
      <p class="visually-hidden">
        {layout.isEmpty ? '' : words.upTo(formatMs(store.byTime[until - 1]?.t ?? 0))}
      </p>
    </div>
  );
}

/** Goes with the lane to the row of the same moment there, and with a chosen row to its lane. */
function useLaneOfChoice(model: BenchModel, layout: TimelineLayout, shown: LaneChoice): void {
  const { value: chosen } = model.chosen;
  const before = useRef(shown);
  useEffect(() => {
    const isOther = before.current !== shown;
    before.current = shown;
    if (!isOther || chosen === undefined || layout.indexOf(chosen) >= 0) return;
    const nearest = layout.nearestShown(model.store.placeOf(chosen));
    if (nearest !== undefined) model.chosen.value = nearest;
  }, [shown]);
  useEffect(() => {
    const row = model.store.row(chosen);
    const lane = row && layout.laneOf(row);
    if (lane !== undefined && shown !== 'all') model.lane.value = lane;
  }, [chosen]);
}

/** Lays out one lane or all; what is asked for may not be on this path. */
function layOutLane(layout: TimelineLayout, asked: LaneChoice, view: TimelineView): LaneChoice {
  layout.update(asked === 'all' ? view : { ...view, lane: asked });
  if (asked === 'all' || lanesOf(layout.boxes.length).includes(asked)) return asked;
  layout.update({ ...view, lane: 'hop-1' });
  return 'hop-1';
}

/** Who stands on the path, from the script to the server. */
function stationsOf(model: BenchModel, layout: TimelineLayout) {
  const { lifelines } = model.demo;
  const client = clientOf(layout, model) || (lifelines.client ?? words.clients.BROWSER);
  return [scriptOf(model), client, ...layout.boxes, lifelines.server];
}

const keyOf = (item: TimelineItem): string =>
  'row' in item ? `row ${item.row.number}` : `${item.type} ${item.top}`;

/** Heading of the first lifeline: whoever has sent. */
function clientOf({ clients }: TimelineLayout, { replay }: BenchModel): string {
  const names = (replay.value === undefined ? words : wordsThen).clients;
  return clients.map((sender) => names[sender]).join(', ');
}

/** Silences can't be chosen. */
const choicesOf = (layout: TimelineLayout): Choices => ({
  length: layout.numbers.length,
  numberAt: (index) => {
    const number = layout.numbers[index];
    return number !== undefined && number > 0 ? number : undefined;
  },
  indexOf: (number) => layout.indexOf(number),
});

/** The row that the tab key comes to: the selected one, or the first in sight. */
function entranceOf(
  shown: readonly TimelineItem[],
  selected: number | undefined,
  from: number,
): number | undefined {
  const rows = shown.flatMap((item) => ('row' in item ? [item] : []));
  const entrance =
    rows.find(({ row }) => row.number === selected) ?? rows.find(({ top }) => top >= from);
  return entrance?.row.number;
}
