import { useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { askOverHttp1, sendRobot } from './client.ts';
import type demo from './demo.ts';
import { http1Heads, http2Heads, writtenOut, type Heads } from './heads.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Two ways to ask for the same ten times, and what the heads came to on the wire. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, values, rows, saw } = bench;
  const [http1, http2] = [http1Heads(rows), http2Heads(rows)];
  const text = writtenOut(rows);

  const run = async (act: (address: string) => Promise<void>) => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(address);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  const isIdle = address !== undefined && !isBusy;
  return (
    <>
      {control('requests')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={!isIdle}
          onClick={() => void run((at) => askOverHttp1(at, values.requests, saw))}
        >
          Ask over HTTP/1.1
        </button>
        <button
          type="button"
          class="go"
          disabled={!isIdle}
          onClick={() => void run((at) => sendRobot(at, values, saw))}
        >
          Send the robot over HTTP/2
        </button>
      </div>
      {control('connection')}
      {control('cookie')}
      <p class="panel-verdict" role="status">
        {problem ?? verdict(http1, http2)}
      </p>
      <PanelTable
        name="Request heads"
        columns={['Request heads', 'HTTP/1.1, your browser', 'HTTP/2, the robot']}
      >
        <Line title="the first" one={first(http1)} other={first(http2)} />
        <Line title="the last" one={http1.lengths.at(-1)} other={http2.lengths.at(-1)} />
        <Line title="all together" one={sum(http1)} other={sum(http2)} />
        <tr>
          <th scope="row">connections</th>
          <td>{http1.connections || '–'}</td>
          <td>{http2.connections || '–'}</td>
        </tr>
      </PanelTable>
      {http2.lengths.length > 0 && <Bars lengths={http2.lengths} />}
      <Figures
        figures={[
          {
            value: text === undefined ? '–' : `${formatCount(text)} B`,
            label: 'the robot’s head as HTTP/1.1 text (computed)',
          },
        ]}
      />
    </>
  );
}

const first = ({ lengths }: Heads): number | undefined => lengths[0];
const sum = ({ lengths }: Heads): number | undefined =>
  lengths.length === 0 ? undefined : lengths.reduce((total, length) => total + length, 0);

const inBytes = (length: number | undefined) =>
  length === undefined ? '–' : `${formatCount(length)} B`;

function Line(props: {
  readonly title: string;
  readonly one: number | undefined;
  readonly other: number | undefined;
}) {
  return (
    <tr>
      <th scope="row">{props.title}</th>
      <td>{inBytes(props.one)}</td>
      <td>{inBytes(props.other)}</td>
    </tr>
  );
}

function verdict(http1: Heads, http2: Heads): string {
  const sent = (heads: Heads) => formatCount(heads.lengths.length);
  if (http1.lengths.length + http2.lengths.length === 0) return 'Ask, and compare the heads.';
  return `Your browser asked ${sent(http1)} times, the robot ${sent(http2)} times.`;
}

/** The last heads that the robot sent, as bars: each HEADERS frame of HTTP/2. */
function Bars({ lengths }: { readonly lengths: readonly number[] }) {
  const shown = lengths.slice(-20);
  const longest = Math.max(...lengths);
  return (
    <ol class="head-bars" aria-label="HEADERS frames of the robot, in order">
      {shown.map((length, index) => (
        <li key={index}>
          <span>{inBytes(length)}</span>
          <meter aria-hidden="true" min={0} max={longest} value={length} />
        </li>
      ))}
    </ol>
  );
}
