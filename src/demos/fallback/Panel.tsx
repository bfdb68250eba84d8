import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { StartStop } from '#controls/StartStop.tsx';
import type demo from './demo.ts';
import { useFeed } from './use-feed.ts';

export { default as demo } from './demo.ts';

const loadOutcome = async () => (await import('./Outcome.tsx')).Outcome;

type Props = PanelProps<(typeof demo)['parameters']>;

/** What a user sees: sixteen numbered updates that should all be there. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, start, stop } = useFeed(bench);
  const atRest = (
    <p class="panel-verdict" role="status">
      Press Start: the server begins to publish.
    </p>
  );
  return (
    <>
      {control('path')}
      <div class="panel-pair">
        {control('order')}
        {control('timeoutMs')}
      </div>
      {control('resume')}
      {control('dropKnown')}
      <StartStop address={bench.address} isRunning={isRunning} start={start} stop={stop} />
      {bench.rows.length === 0 ? (
        atRest
      ) : (
        <Later load={loadOutcome} meanwhile={atRest} props={{ rows: bench.rows, isRunning }} />
      )}
    </>
  );
}
