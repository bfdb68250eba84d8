import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { askByBrowser, askByRobot } from './client.ts';
import type demo from './demo.ts';
import { exchangesOf, linesOfBrowser, requestLength, type Exchange } from './exchanges.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The browser's request, and the reader's own version of it by the robot. */
export default function Panel({ bench }: Props) {
  const [text, setText] = useState('Accept: */*');
  const [hasHost, setHost] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, rows, saw } = bench;
  const place = address === undefined ? undefined : new URL(address.replace(/\/$/, ''));
  const lines = text.split('\n').filter((line) => line !== '');
  const taken = linesOfBrowser(rows);
  const target = place?.pathname ?? '/live/…/x-ray';

  const run = async (act: (at: string) => Promise<void>) => {
    if (place === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(place.href);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  const isIdle = place !== undefined && !isBusy;
  return (
    <>
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={!isIdle}
          onClick={() => void run((at) => askByBrowser(at, saw))}
        >
          Ask with your browser
        </button>
        <button
          type="button"
          disabled={taken.length === 0 || bench.isReplay}
          onClick={() => setText(taken.join('\n'))}
        >
          Take over its lines
        </button>
      </div>
      <fieldset class="panel-group">
        <legend>The robot’s request</legend>
        <p class="x-ray-fixed">
          <code>GET {target} HTTP/1.1</code>
        </p>
        <label class="x-ray-host">
          <input
            type="checkbox"
            checked={hasHost}
            onChange={({ currentTarget }) => setHost(currentTarget.checked)}
          />{' '}
          <code>Host: {place?.host ?? '…'}</code>
        </label>
        <div class="control">
          <label for="x-ray-lines">Field lines, yours to edit</label>
          <textarea
            id="x-ray-lines"
            rows={5}
            maxLength={4000}
            spellcheck={false}
            autocomplete="off"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </div>
        <button
          type="button"
          class="go"
          disabled={!isIdle}
          onClick={() => void run((at) => askByRobot(at, { host: hasHost, lines }, saw))}
        >
          Send the robot
        </button>
        {place !== undefined && (
          <p class="panel-hint">
            To send: {requestLength(target, hasHost ? place.host : undefined, lines)} bytes.
          </p>
        )}
      </fieldset>
      <p class="panel-verdict" role="status">
        {problem ?? sentenceOf(exchangesOf(rows).at(-1))}
      </p>
      <Exchanges exchanges={exchangesOf(rows)} />
    </>
  );
}

function sentenceOf(last: Exchange | undefined): string {
  if (last === undefined) return 'Ask, and select the request’s row to read it byte by byte.';
  const who = last.sender === 'ROBOT' ? 'The robot' : 'Your browser';
  const answer = last.statusCode === undefined ? 'no answer yet' : `status ${last.statusCode}`;
  return `${who} sent ${last.requestHead} bytes: ${answer}.`;
}

const shown = (length: number | undefined) => (length === undefined ? '–' : `${length} B`);

function Exchanges({ exchanges }: { readonly exchanges: readonly Exchange[] }) {
  if (exchanges.length === 0) return null;
  return (
    <PanelTable
      name="Requests and answers"
      columns={['Asked by', 'Head up', 'Status', 'Head down', 'Content']}
    >
      {exchanges.slice(-6).map((exchange, index) => (
        <tr key={index}>
          <th scope="row">{exchange.sender}</th>
          <td>{shown(exchange.requestHead)}</td>
          <td>{exchange.statusCode ?? '–'}</td>
          <td>{shown(exchange.responseHead)}</td>
          <td>{shown(exchange.content)}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
