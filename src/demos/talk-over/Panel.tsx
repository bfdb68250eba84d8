import { Figures } from '#controls/Figures.tsx';
import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { useTalk } from './use-talk.ts';

export { default as demo } from './demo.ts';

const loadOutcome = async () => (await import('./Outcome.tsx')).Outcome;

type Props = PanelProps<(typeof demo)['parameters']>;

/** Two sides that count aloud: what crossed, and what it took. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, start } = useTalk(bench);
  return (
    <>
      {control('by')}
      {control('delayMs')}
      <div class="panel-line">
        {control('numbers')}
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Talk
        </button>
      </div>
      {bench.rows.length === 0 ? (
        <AtRest />
      ) : (
        <Later load={loadOutcome} meanwhile={<AtRest />} props={{ bench }} />
      )}
    </>
  );
}

function AtRest() {
  return (
    <>
      <p class="panel-verdict" role="status">
        Press Talk: both sides begin to count.
      </p>
      <Figures
        figures={['numbers up, down', 'connections', 'most crossed'].map((label) => ({
          value: '–',
          label,
        }))}
      />
    </>
  );
}
