import { formatMs } from '#controls/number-format.ts';
import type { LaneFigures, RaceFigures } from './figures.ts';
import { perEvent } from './FiguresTable.tsx';

/** Events close together stand one below the other. */
const LINES = 4;

/** A race along its time: each event is a bar from its publishing to its arrival. */
export function RaceTracks({ race }: { readonly race: RaceFigures }) {
  const { count, conditions, published } = race;
  const { everyMs, pollMs, delayMs } = conditions;
  const from = (published[0] ?? 0) - everyMs / 2;
  const lengthMs = count * everyMs + pollMs + delayMs;
  return (
    <ol class="race-tracks">
      {race.lanes.map((lane) => (
        <li key={lane.lane}>
          <b>{lane.name}</b>
          <Track lane={lane} from={from} lengthMs={lengthMs} />
          <span>
            {lane.meanMs === undefined ? '–' : formatMs(lane.meanMs)} <small>late</small>
          </span>
          <span>
            {perEvent(lane)} <small>bytes per event</small>
          </span>
        </li>
      ))}
    </ol>
  );
}

type TrackProps = {
  readonly lane: LaneFigures;
  readonly from: number;
  readonly lengthMs: number;
};

function Track({ lane, from, lengthMs }: TrackProps) {
  return (
    <svg
      class={lane.lane === 'ws' || lane.lane === 'deflate' ? 'is-ws' : 'is-http'}
      viewBox={`0 0 ${lengthMs} ${LINES}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {lane.arrivals.map(({ at, lateMs }, index) => (
        <rect
          key={index}
          x={Math.round(at - lateMs - from)}
          y={(index % LINES) + 0.12}
          width={Math.round(Math.max(lateMs, lengthMs / 300))}
          height={0.76}
        />
      ))}
    </svg>
  );
}
