import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { defaultValues } from '#demo/parameters.ts';
import demo from '#demos/race/demo.ts';
import { raceOf, type RaceFigures } from '#demos/race/figures.ts';
import { useRace } from '#demos/race/use-race.ts';
import { words } from '#words/opening.ts';
import { OpeningRun } from './opening-run.ts';
import { OpeningView } from './OpeningView.tsx';

/** Takes the place of the recorded race, and runs the reader's own. */
export function startOpening(element: HTMLElement): void {
  const { race = '', recorded = '' } = element.dataset;
  const run = new OpeningRun(demo.id);
  element.replaceChildren();
  render(
    <LiveOpening run={run} recording={JSON.parse(race) as RaceFigures} recorded={recorded} />,
    element,
  );
}

type Props = {
  readonly run: OpeningRun;
  readonly recording: RaceFigures;
  readonly recorded: string;
};

function LiveOpening({ run, recording, recorded }: Props) {
  const [, draw] = useState(0);
  useEffect(() => run.start(() => draw((count) => count + 1)), [run]);
  const { delayMs, everyMs, rhythm, pollMs } = recording.conditions;
  const given = { delayMs, everyMs, rhythm, pollMs, events: recording.count };
  const values = { ...defaultValues(demo.parameters), ...given };
  const { address, saw, now } = run;
  const { isRunning, problem, start, stop } = useRace({ address, values, saw, now });
  useEffect(() => {
    // A reader who wants no motion starts it himself.
    if (address !== undefined && !matchMedia('(prefers-reduced-motion: reduce)').matches) start();
  }, [address]);
  const own = raceOf(run.rows);
  const label = isRunning ? words.stop : own === undefined ? words.start : words.again;
  return (
    <OpeningView
      race={own ?? recording}
      recorded={own === undefined ? recorded : undefined}
      problem={problem}
      {...(address !== undefined && { act: { label, press: isRunning ? stop : start } })}
    />
  );
}
