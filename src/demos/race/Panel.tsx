import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { StartStop } from '#controls/StartStop.tsx';
import type demo from './demo.ts';
import { useRace } from './use-race.ts';

export { default as demo } from './demo.ts';

const loadOutcome = async () => (await import('./Outcome.tsx')).Outcome;

type Props = PanelProps<(typeof demo)['parameters']>;

/** The conditions, the race, and beside each lane what the formula says. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, start, stop } = useRace(bench, loadOutcome);
  const atRest = (
    <p class="panel-verdict" role="status">
      {problem ?? 'Press Start: all lanes open, then the feed begins.'}
    </p>
  );
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
      <StartStop address={bench.address} isRunning={isRunning} start={start} stop={stop} />
      {bench.rows.length === 0 ? (
        atRest
      ) : (
        <Later load={loadOutcome} meanwhile={atRest} props={{ bench, problem, isRunning }} />
      )}
    </>
  );
}
