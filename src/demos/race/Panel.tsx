import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { useRace } from './use-race.ts';
import { Verdict } from './Verdict.tsx';

export { default as demo } from './demo.ts';

const loadOutcome = async () => (await import('./Outcome.tsx')).Outcome;

type Props = PanelProps<(typeof demo)['parameters']>;

/** The conditions, the race, and beside each lane what the formula says. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, start, stop } = useRace(bench);
  const { rows } = bench;
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
      {rows.length === 0 ? (
        <Verdict>{problem ?? 'Press Start: all lanes open, then the feed begins.'}</Verdict>
      ) : (
        <Later
          load={loadOutcome}
          meanwhile={<Verdict>{problem}</Verdict>}
          props={{ rows, problem, isRunning }}
        />
      )}
    </>
  );
}
