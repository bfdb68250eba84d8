import { useMemo } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import demo from './demo.ts';
import { seriesOf, type SeriesRecord } from './series.ts';
import { useSeries } from './use-series.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** As many series are compared. */
const SHOWN = 5;

/** Many questions, little news. */
export default function Panel({ bench, control }: Props) {
  const { isRunning, problem, start, change, stop } = useSeries(bench);
  const { rows } = bench;
  const all = useMemo(() => seriesOf(rows), [rows, rows.length]);
  const [last] = all;
  return (
    <>
      {control('how')}
      {control('asks')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Ask
        </button>
        <button type="button" disabled={bench.address === undefined} onClick={change}>
          Replace the notice
        </button>
        <button type="button" disabled={!isRunning} onClick={stop}>
          Stop
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(last, isRunning)}
      </p>
      {all.length > 0 && <Comparison all={all.slice(0, SHOWN)} />}
      <Figures
        figures={[
          { value: last ? String(last.requests) : '–', label: 'requests' },
          { value: last ? String(last.news) : '–', label: 'brought news' },
          { value: last ? String(last.notModified) : '–', label: '304, no content' },
        ]}
      />
    </>
  );
}

const labelOf = (how: string): string =>
  demo.parameters.how.choices.find(({ value }) => value === how)?.label ?? how;

function verdict(last: SeriesRecord | undefined, isRunning: boolean): string {
  if (last === undefined) return 'Press Ask: one question a second.';
  const { requests, news, isOver } = last;
  if (isRunning && !isOver) return `Asked ${requests} times, ${news} brought news.`;
  return `Over: ${requests} questions, ${news} brought news.`;
}

function Comparison({ all }: { readonly all: readonly SeriesRecord[] }) {
  return (
    <PanelTable
      class="quiet-table"
      name="What it cost"
      columns={['Each question', 'Requests', 'Bytes up', 'Bytes down']}
    >
      {all.map(({ series, how, requests, octetsUp, octetsDown }) => (
        <tr key={series}>
          <th scope="row">{labelOf(how)}</th>
          <td>{requests}</td>
          <td>{formatCount(octetsUp)}</td>
          <td>{formatCount(octetsDown)}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
