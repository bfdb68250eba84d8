import { useMemo, useState } from 'preact/hooks';
import { Later } from '#controls/Later.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { StartStop } from '#controls/StartStop.tsx';
import demo from './demo.ts';
import { Tracks } from './Tracks.tsx';
import { transfersOf, type TransferRecord } from './transfers.ts';
import { useTransfer } from './use-transfer.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const loadLostPacket = async () => (await import('./LostPacket.tsx')).LostPacket;

/** As many transfers are compared. */
const SHOWN = 5;

/** One large message, and what became of the small ones behind it. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, start, stop } = useTransfer(bench);
  const [asksForLoss, setAsksForLoss] = useState(false);
  const transfers = useMemo(
    () => transfersOf(bench.rows).slice(0, SHOWN),
    [bench.rows, bench.rows.length],
  );
  return (
    <>
      {control('way')}
      <div class="panel-pair">
        {control('sizeKiB')}
        {control('rate')}
      </div>
      {control('pieceKiB')}
      <StartStop
        name="Send"
        address={bench.address}
        isRunning={isRunning}
        start={start}
        stop={stop}
      />
      <p class="panel-verdict" role="status">
        {verdict(transfers[0], isRunning)}
      </p>
      {transfers.length > 0 && (
        <>
          <Tracks transfers={transfers} />
          <Comparison transfers={transfers} />
        </>
      )}
      <details class="panel-more" onToggle={() => setAsksForLoss(true)}>
        <summary>Lose one packet (MODEL)</summary>
        {asksForLoss && (
          <Later
            load={loadLostPacket}
            props={{ lost: bench.values.lost, control: control('lost') }}
          />
        )}
      </details>
    </>
  );
}

function verdict(transfer: TransferRecord | undefined, isRunning: boolean): string {
  if (transfer === undefined) return 'Press Send: the server sends all three.';
  const { problem, isOver, slowestPongMs, smallMs } = transfer;
  if (problem !== undefined) return `It failed: ${problem}.`;
  if (isRunning) return 'The large message is on its way …';
  if (!isOver || slowestPongMs === undefined || smallMs === undefined) return 'Stopped.';
  return `Over: the slowest pong took ${formatMs(slowestPongMs)}, the small message ${formatMs(smallMs)}.`;
}

/** What a transfer was, in few words. */
export function nameOf({ way, sizeKiB, pieceKiB, rate }: TransferRecord): string {
  const label = demo.parameters.way.choices.find(({ value }) => value === way)?.label ?? way;
  const cut = way === 'frame' ? '' : ` of ${pieceKiB} KiB`;
  return `${sizeKiB} KiB ${label}${cut}, ${rate} kB/s`;
}

const msOrNone = (ms: number | undefined): string => (ms === undefined ? '–' : formatMs(ms));

function Comparison({ transfers }: { readonly transfers: readonly TransferRecord[] }) {
  return (
    <PanelTable
      class="elephant-table"
      name="What waited"
      columns={['Large message', 'Slowest pong', 'Small message', 'All of the large']}
    >
      {transfers.map((transfer) => (
        <tr key={transfer.transfer}>
          <th scope="row">{nameOf(transfer)}</th>
          <td>{msOrNone(transfer.slowestPongMs)}</td>
          <td>{msOrNone(transfer.smallMs)}</td>
          <td>{msOrNone(transfer.largeMs)}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
