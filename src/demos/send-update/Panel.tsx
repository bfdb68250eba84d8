import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { sendRequest, sendRobot } from './client.ts';
import type demo from './demo.ts';
import { trialsOf, type Trial } from './trials.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const SHOWN = 8;

/** One request at a time, and how far each of them came. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, rows, saw, values } = bench;
  const trials = trialsOf(rows);

  const send = async (at: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      if (values.server === 'strict') await sendRobot(at, values.method, saw);
      else await sendRequest(at, values.server, values.method, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  return (
    <>
      {control('server')}
      <div class="panel-line">
        {control('method')}
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => address !== undefined && void send(address)}
        >
          Send
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(trials.at(-1))}
      </p>
      {trials.length > 0 && (
        <PanelTable
          name="Requests"
          columns={['Server', 'Asked for', 'On the wire', 'Answer', 'Handler calls']}
        >
          {trials.slice(-SHOWN).map((trial, index) => (
            <tr key={index}>
              <th scope="row">{trial.server}</th>
              <td>{trial.asked}</td>
              <td>{trial.sent ?? '–'}</td>
              <td>{trial.statusCode ?? '–'}</td>
              <td>{trial.handlerCalls}</td>
            </tr>
          ))}
        </PanelTable>
      )}
    </>
  );
}

function verdict(trial: Trial | undefined): string {
  if (trial === undefined) return 'Choose a server and a method, then Send.';
  const { sent, statusCode, handlerCalls } = trial;
  if (sent === undefined || statusCode === undefined) return 'On its way…';
  if (handlerCalls > 0) return `${sent}: ${statusCode}. The handler was called.`;
  return statusCode === '400'
    ? `${sent}: 400, by the parser. No handler was called.`
    : `${sent}: ${statusCode}, by the server’s program. It knows no such method here.`;
}
