import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { seenByBox, type SeenByBox } from './seen-by-box.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** One box, and what it could read of the same errand in the clear and inside TLS. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, values, rows, saw } = bench;
  const plain = seenByBox(rows, false);
  const sealed = seenByBox(rows, true);

  const send = async () => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { sendRobot } = await import('./client.ts');
      await sendRobot(address, values, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  return (
    <>
      {control('box')}
      {control('ask')}
      {control('secure')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => void send()}
        >
          Send the robot
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? (isBusy ? 'The robot listens for two seconds …' : verdict(plain, sealed))}
      </p>
      <PanelTable name="What could be read" columns={['The box', 'in the clear', 'inside TLS']}>
        <Line title="is" of={[plain, sealed]} show={({ box }) => box} />
        <Line title="read heads of HTTP" of={[plain, sealed]} show={({ heads }) => heads} />
        <Line title="read Upgrade" of={[plain, sealed]} show={({ upgrade }) => upgrade ?? 'no'} />
        <Line title="saw records of TLS" of={[plain, sealed]} show={({ records }) => records} />
        <Line
          title="could not read"
          of={[plain, sealed]}
          show={(seen) => `${formatCount(seen.sealed)} B`}
        />
        <Line
          title="saw the server’s name"
          of={[plain, sealed]}
          show={({ serverName, heads }) => serverName ?? (heads > 0 ? 'in Host' : 'no')}
        />
        <Line title="The robot got" of={[plain, sealed]} show={robotGot} />
      </PanelTable>
    </>
  );
}

type LineProps = {
  readonly title: string;
  readonly of: readonly (SeenByBox | undefined)[];
  readonly show: (seen: SeenByBox) => string | number;
};

function Line({ title, of, show }: LineProps) {
  return (
    <tr>
      <th scope="row">{title}</th>
      {of.map((seen, index) => (
        <td key={index}>{seen === undefined ? '–' : show(seen)}</td>
      ))}
    </tr>
  );
}

function robotGot({ answer }: SeenByBox): string {
  if (answer === undefined) return '…';
  const { statusCode, updates } = answer;
  return `${statusCode ?? 'no answer'}, ${updates} of 5`;
}

function verdict(plain: SeenByBox | undefined, sealed: SeenByBox | undefined): string {
  const last = [plain, sealed].filter((seen) => seen?.answer !== undefined);
  if (last.length === 0) return 'Send the robot, once in the clear and once inside TLS.';
  return last
    .map((seen) => {
      const way =
        seen?.secure === true ? `inside ${seen.answer?.protocol ?? 'TLS'}` : 'in the clear';
      return `${seen?.box ?? ''}, ${way}: ${seen === undefined ? '' : robotGot(seen)}.`;
    })
    .join(' ');
}
