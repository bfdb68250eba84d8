import { formatCount } from '#controls/number-format.ts';
import { timelineWords as words } from '#words/timeline.ts';
import { Tool } from './TimelineTool.tsx';
import type { BenchModel } from './bench-model.ts';
import type { TimelineLayout } from './timeline-layout.ts';
import type { Scale } from './timeline-scale.ts';

type Props = {
  readonly model: BenchModel;
  readonly layout: TimelineLayout;
  /** So many rows are shown. */
  readonly until: number;
  readonly scale: Scale;
  /** `undefined` while the newest is followed. */
  readonly follow: (() => void) | undefined;
};

/** Stands still, goes step by step, and sets how far apart a timeline draws what is apart in time. */
export function TimelineBar({ model, layout, until, scale, follow }: Props) {
  const { store } = model;
  const pausedAt = model.pausedAt.value;
  const isPaused = pausedAt !== undefined;
  const shown = layout.numbers.findLast((number) => number > 0);
  const waiting = store.byTime.length - until;
  const next = isPaused ? layout.nextShown(until) : undefined;
  const show = (number: number | undefined) => {
    if (number === undefined) return;
    model.pausedAt.value = number;
    model.chosen.value = number;
  };
  const before = () => {
    const at = layout.indexOf(shown);
    return layout.numbers.slice(0, at).findLast((number) => number > 0);
  };
  return (
    <div class="timeline-bar" role="group" aria-label={words.controls}>
      <Tool
        sign={isPaused ? '▶' : '❚❚'}
        name={isPaused ? words.goOn : words.pause}
        act={
          isPaused
            ? () => (model.pausedAt.value = undefined)
            : shown === undefined
              ? undefined
              : () => (model.pausedAt.value = shown)
        }
      />
      <Tool
        sign="⇤"
        name={words.toStart}
        act={layout.isEmpty ? undefined : () => show(layout.nextShown(0))}
      />
      <Tool
        sign="◂"
        name={words.back}
        act={shown === undefined || shown === layout.numbers[0] ? undefined : () => show(before())}
      />
      <Tool sign="▸" name={words.forward} act={next === undefined ? undefined : () => show(next)} />
      <span class="timeline-state">
        {isPaused && waiting > 0 && words.newer(formatCount(waiting))}
      </span>
      {follow !== undefined && !isPaused && (
        <button type="button" class="timeline-follow" onClick={follow}>
          ↓ {words.follow}
        </button>
      )}
      <span class="timeline-zoom">
        <Tool sign="−" name={words.narrower} act={scale.narrower} />
        <span class="timeline-scale" role="status">
          {scale.pxPerMs === 0 ? words.atOnce : words.scale(scale.pxPerMs)}
        </span>
        <Tool sign="+" name={words.wider} act={scale.wider} />
      </span>
    </div>
  );
}
