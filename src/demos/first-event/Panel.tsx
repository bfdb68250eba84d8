import { useMemo } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { measuredIn, States, type Measured, type State } from './rounds.ts';
import { useRounds } from './use-rounds.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The same event, wanted at once by a fetch and by a WebSocket. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, start } = useRounds(bench);
  const { rows, values } = bench;
  const measured = useMemo(() => measuredIn(rows), [rows, rows.length]);
  return (
    <>
      {control('open')}
      <div class="panel-line">
        {control('delayMs')}
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Ask both ways
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(measured.get(values.open), isRunning)}
      </p>
      <PanelTable
        class="first-table"
        name="First event"
        columns={['Open already', 'By', 'Fetch', 'WebSocket']}
      >
        {States.map((state) => (
          <StateRow
            key={state.open}
            state={state}
            measured={measured.get(state.open)}
            delayMs={values.delayMs}
          />
        ))}
      </PanelTable>
      <p class="panel-hint">
        Measured on the wire, from the request to the event. In brackets: round trips, counted from
        the protocols, and what they take. On this machine a connection opens in no time. So a box
        lets each new one wait for two round trips, which TCP and TLS 1.3 would take.
      </p>
    </>
  );
}

function verdict(measured: Measured | undefined, isRunning: boolean): string {
  if (isRunning) return 'Both are on their way …';
  if (measured === undefined) return 'Press Ask both ways: both begin at the same moment.';
  const { fetchMs, webSocketMs } = measured;
  return `The event came by fetch after ${formatMs(fetchMs)}, by WebSocket after ${formatMs(webSocketMs)}.`;
}

type StateProps = {
  readonly state: State;
  readonly measured: Measured | undefined;
  readonly delayMs: number;
};

function StateRow({ state, measured, delayMs }: StateProps) {
  const roundTripMs = 2 * (measured?.delayMs ?? delayMs);
  return (
    <tr>
      <th scope="row">{state.name}</th>
      <td>{state.by}</td>
      <td>
        <Wait ms={measured?.fetchMs} trips={state.fetch} roundTripMs={roundTripMs} />
      </td>
      <td>
        <Wait ms={measured?.webSocketMs} trips={state.webSocket} roundTripMs={roundTripMs} />
      </td>
    </tr>
  );
}

type WaitProps = {
  readonly ms: number | undefined;
  readonly trips: number | undefined;
  readonly roundTripMs: number;
};

function Wait({ ms, trips, roundTripMs }: WaitProps) {
  if (trips === undefined) return <>not counted</>;
  return (
    <>
      {ms === undefined ? '–' : formatMs(ms)}
      <br />({trips}: {formatMs(trips * roundTripMs)})
    </>
  );
}
