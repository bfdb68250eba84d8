import { useMemo } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { seriesOf, type Landings, type Series } from './jumps.ts';
import { useJumps } from './use-jumps.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** A player’s button, pressed once and sent twice. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, jump } = useJumps(bench);
  const { rows } = bench;
  const series = useMemo(() => seriesOf(rows), [rows, rows.length]);
  const isReady = bench.address !== undefined && !isRunning;
  return (
    <>
      {control('delayMs')}
      {control('busy')}
      <div class="panel-actions">
        <button type="button" class="go" disabled={!isReady} onClick={() => jump(1)}>
          Jump
        </button>
        <button type="button" disabled={!isReady} onClick={() => jump(5)}>
          Jump five times
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(series)}
      </p>
      {series !== undefined && <Comparison series={series} />}
      <Figures
        figures={[
          { value: series ? formatMs(series.delayMs) : '–', label: 'the way' },
          { value: meanOf(series?.post), label: 'POST, mean' },
          { value: meanOf(series?.socket), label: 'WebSocket, mean' },
        ]}
      />
    </>
  );
}

const meanOf = (landings: Landings | undefined): string =>
  landings?.meanMs === undefined ? '–' : formatMs(landings.meanMs);

function verdict(series: Series | undefined): string {
  if (series === undefined) return 'Press Jump: it goes to the server by both, at once.';
  if (!series.isOver) return 'In the air …';
  const { post, socket } = series;
  const both = `POST ${meanOf(post)}, WebSocket ${meanOf(socket)}`;
  return `Landed: ${both}${series.isBusy ? ', with six connections busy' : ''}.`;
}

function Comparison({ series }: { readonly series: Series }) {
  return (
    <PanelTable
      class="jump-table"
      name="How they landed"
      columns={['By', 'On the way', 'Bytes per jump']}
    >
      {[series.post, series.socket].map(({ by, tookMs, octets }) => (
        <tr key={by}>
          <th scope="row">{by}</th>
          <td>{tookMs.map(formatMs).join(', ') || '–'}</td>
          <td>{tookMs.length === 0 ? '–' : formatCount(octets / tookMs.length)}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
