import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { Transports, type Transport } from './client.ts';
import type demo from './demo.ts';
import {
  cellKey,
  csvOf,
  jsonOf,
  matrixOf,
  MatrixLines,
  rowOfCell,
  type MatrixLine,
} from './matrix.ts';
import { addressBehind } from './paths.ts';
import { beginFeed, probe, type ProbeReport } from './probe.ts';
import { PROBE_LENGTH } from './probe-length.ts';
import { recorded, recordedWith } from './recorded-matrix.ts';
import { useTask } from './use-probe.ts';

/** Transports by boxes, each cell a real probe by this browser, beside those of a recorded one. */
export function AllBoxes({ bench }: PanelProps<(typeof demo)['parameters']>) {
  const { saw } = bench;
  const task = useTask(bench);
  const [current, setCurrent] = useState<string>();
  const matrix = matrixOf(bench.rows);
  const mayAct = bench.address !== undefined && !task.isRunning;

  const tryLines = (lines: readonly MatrixLine[]) =>
    void task.begin(async (direct, stop) => {
      for (const { name, path, beats } of lines) {
        if (stop.aborted) break;
        setCurrent(name);
        saw('line', { line: name });
        const feed = await beginFeed(direct, stop, beats);
        const address = addressBehind(direct, path);
        await Promise.all(
          Transports.map(async (transport) => {
            const report = await probe({ transport, address, feed, saw: () => undefined, stop });
            if (!stop.aborted) saw('cell', { line: name, transport, ...report });
          }),
        );
      }
    });

  const open = (line: MatrixLine, transport: Transport) => {
    const row = rowOfCell(bench.rows, line, transport);
    if (row !== undefined) bench.look(row);
  };

  return (
    <>
      <div class="panel-actions">
        <button type="button" class="go" disabled={!mayAct} onClick={() => tryLines(MatrixLines)}>
          Try all
        </button>
        <button type="button" disabled={!task.isRunning} onClick={task.stop}>
          Stop
        </button>
        <Save
          name="boxes.csv"
          text={() => csvOf(matrix, navigator.userAgent)}
          isEmpty={matrix.size === 0}
        />
        <Save
          name="boxes.json"
          text={() => jsonOf(matrix, navigator.userAgent, new Date().toISOString())}
          isEmpty={matrix.size === 0}
        />
      </div>
      <p class="panel-verdict" role="status">
        {task.isRunning
          ? `Trying ${current ?? ''} …`
          : `${matrix.size} of ${MatrixLines.length * Transports.length} cells tried in this browser. All take about two minutes.`}
      </p>
      <PanelTable class="matrix-table" name="Updates received" columns={['Box', ...Transports]}>
        {MatrixLines.map((line) => (
          <tr key={line.name}>
            <th scope="row">
              <button
                type="button"
                class="row-link"
                disabled={!mayAct}
                onClick={() => tryLines([line])}
              >
                {line.name}
              </button>
            </th>
            {Transports.map((transport) => {
              const key = cellKey(line.name, transport);
              return (
                <td key={transport}>
                  <Cell report={matrix.get(key)} name={key} onOpen={() => open(line, transport)} />
                  <small>rec. {recorded.get(key)?.received ?? '–'}</small>
                </td>
              );
            })}
          </tr>
        ))}
      </PanelTable>
      <p class="panel-hint">
        Updates received, of {PROBE_LENGTH}; the middle delay; connections or requests used. Press a
        cell for its rows, a box’s name to try that line. Small: RECORDED with {recordedWith}.
      </p>
    </>
  );
}

type CellProps = {
  readonly report: ProbeReport | undefined;
  readonly name: string;
  readonly onOpen: () => void;
};

function Cell({ report, name, onOpen }: CellProps) {
  if (report === undefined) return <span>·</span>;
  const { received, medianMs, attempts } = report;
  const kind = received === PROBE_LENGTH ? 'is-whole' : received === 0 ? 'is-none' : 'is-part';
  const figures = [medianMs === undefined ? undefined : `${medianMs} ms`, `${attempts} used`];
  return (
    <button
      type="button"
      class={`matrix-cell ${kind}`}
      aria-label={`${name}: ${received} received; its rows`}
      onClick={onOpen}
    >
      <b>{received}</b> {figures.filter(Boolean).join(', ')}
    </button>
  );
}

type SaveProps = { readonly name: string; readonly text: () => string; readonly isEmpty: boolean };

function Save({ name, text, isEmpty }: SaveProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text()]));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <button type="button" disabled={isEmpty} onClick={save}>
      {name.endsWith('.csv') ? 'Save as CSV' : 'Save as JSON'}
    </button>
  );
}
