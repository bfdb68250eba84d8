import { useEffect, useMemo } from 'preact/hooks';
import { formatMs } from '#controls/number-format.ts';
import { words as frame } from '#words/bench.ts';
import { words } from '#words/instrument.ts';
import type { BenchModel } from './bench-model.ts';
import type { Choices } from './choices.ts';
import { isGrowing } from './is-growing.ts';
import { useKeptFocus } from './kept-focus.ts';
import { Lifelines } from './Lifelines.tsx';
import { moveChoice } from './row-keys.ts';
import { useScrollWindow } from './scroll-window.ts';
import { itemsWithin, layOutTimeline, type Timeline as Laid } from './timeline-layout.ts';
import { TimelineRow } from './TimelineRow.tsx';

/** How far outside of the visible stretch items are drawn, in CSS pixels. */
const MARGIN = 300;

/** The run as a sequence diagram: lifelines side by side, time downwards. */
export function Timeline({ model }: { readonly model: BenchModel }) {
  const tick = model.tick.value;
  const timeline = useMemo(() => layOutTimeline(model.store.byTime), [tick]);
  const view = useScrollWindow(timeline.height, isGrowing(model));
  const selected = model.selected.value;
  const shown = itemsWithin(timeline.items, view.from - MARGIN, view.to + MARGIN);
  useKeptFocus(view.ref);

  /** Keeps the chosen row in sight and, when the keys are here, focused. */
  useEffect(() => {
    const item = timeline.items.find(
      (one) => 'row' in one && one.row.number === model.chosen.value,
    );
    const scroller = view.ref.current;
    if (item === undefined || scroller === null) return;
    view.reveal(item.top, item.height);
    if (scroller.contains(document.activeElement)) focusRow(scroller, model.chosen.value);
  }, [model.chosen.value]);

  return (
    <div class={`timeline hops-${timeline.boxes.length + 1}`}>
      <Lifelines model={model} boxes={timeline.boxes} />
      <div class="timeline-scroll" ref={view.ref} onScroll={view.onScroll} tabIndex={-1}>
        {timeline.items.length === 0 ? (
          <p class="timeline-empty">{frame.timelineEmpty}</p>
        ) : (
          <ol
            class="timeline-items"
            aria-label="Timeline"
            style={{ height: view.extent }}
            onKeyDown={(event) => void moveChoice(event, model, choicesOf(timeline))}
          >
            {shown.map((item) => (
              <TimelineRow
                key={`${item.type}${'row' in item ? item.row.number : item.top}`}
                item={item}
                shift={view.shift}
                model={model}
                isSelected={'row' in item && item.row.number === selected}
              />
            ))}
          </ol>
        )}
      </div>
      {!view.isFollowing && model.replay.value === undefined && (
        <button type="button" class="timeline-follow" onClick={view.follow}>
          ↓ {words.follow}
        </button>
      )}
      <p class="visually-hidden">
        {timeline.items.length === 0 ? '' : `Up to ${formatMs(model.store.byTime.at(-1)?.t ?? 0)}.`}
      </p>
    </div>
  );
}

/** Silences can't be chosen. */
function choicesOf({ items }: Laid): Choices {
  const numbers = items.flatMap((item) => ('row' in item ? [item.row.number] : []));
  return {
    length: numbers.length,
    numberAt: (index) => numbers[index],
    indexOf: (number) => (number === undefined ? -1 : numbers.indexOf(number)),
  };
}

function focusRow(scroller: HTMLElement, number: number | undefined): void {
  requestAnimationFrame(() => {
    scroller.querySelector<HTMLElement>(`[data-row="${String(number)}"]`)?.focus();
  });
}
