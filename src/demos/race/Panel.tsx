import { useMemo } from 'preact/hooks';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { doubtOf } from './doubt.ts';
import { raceOf, type LaneFigures, type RaceFigures } from './figures.ts';
import { FiguresTable } from './FiguresTable.tsx';
import { LaneChart } from './LaneChart.tsx';
import { useRace } from './use-race.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The conditions, the race, and beside each lane what the formula says. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, start, stop } = useRace(bench);
  const { rows } = bench;
  const race = useMemo(() => raceOf(rows), [rows, rows.length]);
  const outcome = useMemo(() => race && <Outcome race={race} />, [race]);
  return (
    <>
      <div class="panel-pair">
        {control('delayMs')}
        {control('everyMs')}
      </div>
      {control('rhythm')}
      <details class="panel-more">
        <summary>More conditions</summary>
        <div class="panel-pair">
          {control('pollMs')}
          {control('events')}
        </div>
        {control('lanes')}
        {control('seed')}
      </details>
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Start
        </button>
        <button type="button" disabled={!isRunning} onClick={stop}>
          Stop
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(race, isRunning)}
      </p>
      {outcome}
    </>
  );
}

function Outcome({ race }: { readonly race: RaceFigures }) {
  const { lanes, conditions } = race;
  const doubt = doubtOf(race);
  const latest = Math.max(...lanes.flatMap(({ maxMs = 0, predictedMs }) => [maxMs, predictedMs]));
  const scaleMs = Math.max(100, Math.ceil(latest / 100) * 100);
  return (
    <>
      <ol class="race-lanes">
        {lanes.map((lane) => (
          <li key={lane.lane}>
            <p>
              <b>{lane.name}</b>
              <span>{summary(lane)}</span>
            </p>
            <LaneChart lane={lane} scaleMs={scaleMs} />
          </li>
        ))}
      </ol>
      <p class="panel-hint">
        Bars: events by how late they came, from 0 to {formatMs(scaleMs)}. Dashed line: the mean by
        formula. Solid line: the measured mean. The way was {conditions.delayMs} ms.
      </p>
      <FiguresTable lanes={lanes} />
      {doubt !== undefined && <p class="panel-hint">{doubt}</p>}
      <details class="panel-more">
        <summary>What is measured</summary>
        <p class="panel-hint">
          Late: from the server’s publishing to your script’s having it, both on the run’s clock.
          Bytes: all of the page’s own connections, both ways, set-up included, as captured:
          HTTP/1.1 without TLS. Each event is the same 90 bytes in every lane. Making and starting
          the feed, and the bench’s own traffic, are not counted.
        </p>
      </details>
    </>
  );
}

function summary({ meanMs, predictedMs }: LaneFigures): string {
  const measured = meanMs === undefined ? '–' : formatMs(meanMs);
  return `${measured}, predicted ${formatMs(predictedMs)}`;
}

function verdict(race: RaceFigures | undefined, isRunning: boolean): string {
  if (race === undefined) return 'Press Start: all lanes open, then the feed begins.';
  const came = Math.max(0, ...race.lanes.map(({ arrivals }) => arrivals.length));
  if (race.isOver) return `The race is over: ${came} events by each lane.`;
  return isRunning ? `Event ${came} of ${race.count}.` : 'Stopped.';
}
