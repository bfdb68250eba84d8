import { useState } from 'preact/hooks';
import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { Slider } from '#controls/Slider.tsx';
import { answersIn } from './answer.ts';
import { knock } from './client.ts';
import demo from './demo.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const loadTiers = async () => (await import('./Tiers.tsx')).Tiers;

/** Who goes where, and what both tiers make of it. */
export default function Panel({ bench, control }: Props) {
  const { address, isReplay, rows, saw, set, values } = bench;
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async () => {
    if (address === undefined) return;
    setRunning(true);
    setProblem(undefined);
    try {
      const { summaryOf } = await import('./model.ts');
      saw('load', summaryOf(values));
      await knock(address, values, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setRunning(false);
  };
  const atRest = (
    <p class="panel-verdict" role="status">
      Press “Run the MODEL”.
    </p>
  );
  const answers = answersIn(rows);
  return (
    <>
      {(['share', 'shed'] as const).map((name) => {
        const { label, min, max, unit } = demo.parameters[name];
        return (
          <Slider
            key={name}
            label={label}
            value={values[name]}
            valueText={`${values[name]} ${unit}`}
            min={min}
            max={max}
            isAtRest={isReplay}
            onChange={(value) => set(name, value)}
          />
        );
      })}
      {control('wait')}
      {control('spread')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isRunning}
          onClick={() => void run()}
        >
          Run the MODEL
        </button>
      </div>
      {problem !== undefined && (
        <p class="panel-hint" role="alert">
          {problem}
        </p>
      )}
      {answers !== undefined && <p class="panel-hint">{answers}</p>}
      {rows.length === 0 ? (
        atRest
      ) : (
        <Later load={loadTiers} meanwhile={atRest} props={{ day: values }} />
      )}
    </>
  );
}
