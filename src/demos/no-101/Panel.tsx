import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { talkByBrowser, talkByRobot } from './client.ts';
import type demo from './demo.ts';
import { connectCosts, stepsOf, upgradeCosts, type Costs } from './handshakes.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The same message twice: behind a 101, and behind a 200. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, values, rows, saw } = bench;
  const run = async (act: typeof talkByRobot) => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(address, values.message, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  const isIdle = address !== undefined && !isBusy;
  return (
    <>
      {control('message')}
      <div class="panel-actions">
        <button type="button" class="go" disabled={!isIdle} onClick={() => void run(talkByRobot)}>
          Send the robot over HTTP/2
        </button>
        <button type="button" disabled={!isIdle} onClick={() => void run(talkByBrowser)}>
          Connect over HTTP/1.1
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(rows)}
      </p>
      <ol class="robot-steps" aria-label="What the robot’s WebSocket takes">
        {stepsOf(rows).map(([words, seen]) => (
          <li key={words}>
            <span aria-hidden="true">{seen ? '✓' : '·'}</span>
            <span>
              {words}
              <span class="visually-hidden">{seen ? ': seen' : ': not seen yet'}</span>
            </span>
          </li>
        ))}
      </ol>
      <CostTable http1={upgradeCosts(rows)} http2={connectCosts(rows)} />
    </>
  );
}

function verdict(rows: Props['bench']['rows']): string {
  const answers = rows.filter(
    ({ kind, data }) => kind === 'http.res.head' && data['statusCode'] === 101,
  ).length;
  const messages = rows.filter(({ kind }) => kind === 'ws.message').length;
  if (messages === 0) return 'Nothing yet: no message, and no 101.';
  return `In this capture: ${messages} messages, and the answer 101 ${times(answers)}.`;
}

const times = (count: number) => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`);

function CostTable({ http1, http2 }: { readonly http1: Costs; readonly http2: Costs }) {
  return (
    <PanelTable
      name="Bytes up and down"
      columns={['Bytes up / down', 'HTTP/1.1, your browser', 'HTTP/2, the robot']}
    >
      <tr>
        <th scope="row">answer</th>
        <td>{http1.statusCode ?? '–'}</td>
        <td>{http2.statusCode ?? '–'}</td>
      </tr>
      <tr>
        <th scope="row">handshake</th>
        <td>{pair(http1.handshake)}</td>
        <td>{pair(http2.handshake)}</td>
      </tr>
      <tr>
        <th scope="row">message</th>
        <td>{pair(http1.message)}</td>
        <td>{pair(http2.message)}</td>
      </tr>
    </PanelTable>
  );
}

const pair = ({ up, down }: Costs['handshake']): string =>
  up === undefined && down === undefined ? '–' : `${up ?? '–'} / ${down ?? '–'}`;
