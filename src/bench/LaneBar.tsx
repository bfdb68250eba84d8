import { timelineWords as words } from '#words/timeline.ts';
import { Tool } from './TimelineTool.tsx';
import type { BenchModel } from './bench-model.ts';
import type { Lane, LaneChoice } from './lanes.ts';

type Props = {
  readonly model: BenchModel;
  readonly lanes: readonly Lane[];
  readonly shown: LaneChoice;
  /** What stands on the path, from the script to the server. */
  readonly stations: readonly string[];
};

/** Chooses which lane of a projected timeline is shown. */
export function LaneBar({ model, lanes, shown, stations }: Props) {
  const at = lanes.indexOf(shown as Lane);
  return (
    <div class="lane-bar" role="group" aria-label={words.lanes.name}>
      <Step sign="◂" name={words.lanes.before} to={lanes[at - 1]} model={model} />
      {[...lanes, 'all' as const].map((lane) => (
        <button
          key={lane}
          type="button"
          aria-pressed={lane === shown}
          onClick={() => (model.lane.value = lane)}
        >
          {nameOf(lane, lanes, stations)}
        </button>
      ))}
      <Step
        sign="▸"
        name={words.lanes.after}
        to={at < 0 ? undefined : lanes[at + 1]}
        model={model}
      />
    </div>
  );
}

/** Headings of a lane: the two ends of a hop, or the one program that speaks. */
export function LaneEnds({ lanes, shown, stations }: Omit<Props, 'model'>) {
  const at = lanes.indexOf(shown as Lane);
  const ends =
    shown === 'page'
      ? stations.slice(0, 1)
      : shown === 'server'
        ? stations.slice(-1)
        : stations.slice(at, at + 2);
  return (
    <ul class="lifelines lane-ends" aria-label={words.lifelines}>
      {ends.map((end) => (
        <li key={end}>{end}</li>
      ))}
    </ul>
  );
}

function nameOf(lane: LaneChoice, lanes: readonly Lane[], stations: readonly string[]): string {
  if (lane === 'all') return words.lanes.all;
  const at = lanes.indexOf(lane);
  if (lane === 'page') return stations[0] ?? '';
  if (lane === 'server') return stations.at(-1) ?? '';
  return words.lanes.hop(stations[at] ?? '', stations[at + 1] ?? '');
}

type StepProps = {
  readonly sign: string;
  readonly name: string;
  readonly to: Lane | undefined;
  readonly model: BenchModel;
};

const Step = ({ sign, name, to, model }: StepProps) => (
  <Tool sign={sign} name={name} act={to && (() => (model.lane.value = to))} />
);
