import { useMemo } from 'preact/hooks';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { doubtOf } from './doubt.ts';
import { raceOf, type LaneFigures, type RaceFigures } from './figures.ts';
import { FiguresTable } from './FiguresTable.tsx';
import { LaneChart } from './LaneChart.tsx';

type Props = {
  readonly bench: Pick<PanelProps['bench'], 'rows'>;
  readonly problem: string | undefined;
  readonly isRunning: boolean;
};

/** How a race stands, and what each lane came to. */
export function Outcome({ bench: { rows }, problem, isRunning }: Props) {
  const race = useMemo(() => raceOf(rows), [rows, rows.length]);
  const figures = useMemo(() => race && <Figures race={race} />, [race]);
  return (
    <>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(race, isRunning)}
      </p>
      {figures}
    </>
  );
}

function Figures({ race }: { readonly race: RaceFigures }) {
  const { lanes, conditions, turnaroundMs } = race;
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
        {turnaroundMs !== undefined && silenceWords(turnaroundMs)}
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

const silenceWords = (turnaroundMs: number): string =>
  ` The formula of long polling counts ${formatMs(turnaroundMs)} more of silence in each round trip: the browser took them from an answer to its next question, on average.`;

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
