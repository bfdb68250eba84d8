import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { Pieces } from './pieces.ts';
import { lastTried, type Tried } from './results.ts';
import { useTasks } from './use-tasks.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** A protocol to switch on piece by piece, and what a script can do with it. */
export default function Panel({ bench, control }: Props) {
  const { isBusy, run } = useTasks(bench);
  const tried = lastTried(bench.rows);
  return (
    <>
      {control('over')}
      {bench.values.over === 'websocket' && (
        <fieldset class="panel-group">
          <legend>What both ends agree on</legend>
          {control('methods')}
          {control('ids')}
          {control('statuses')}
          {control('errors')}
          {control('versions')}
          {control('freshness')}
          {control('types')}
          {control('trace')}
        </fieldset>
      )}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isBusy}
          onClick={run}
        >
          Run the tasks
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {verdict(tried)}
      </p>
      <Tasks tried={tried} />
      <Figures
        figures={[
          { value: tried ? String(tried.pieces.length) : '–', label: 'invented' },
          { value: tried ? `${tried.works} of ${Pieces.length}` : '–', label: 'tasks that work' },
        ]}
      />
    </>
  );
}

function verdict(tried: Tried | undefined): string {
  if (tried === undefined) return 'Run the tasks, then switch on what was missing.';
  const { over, pieces, works, isOver, problem } = tried;
  if (problem !== undefined) return `It failed: ${problem}.`;
  if (!isOver) return 'The script is trying them.';
  const done = `${works} of ${Pieces.length} tasks work`;
  if (over === 'http') return `By HTTP, ${done}. Nothing was invented.`;
  return `Over the WebSocket, ${done}, with ${pieces.length} invented.`;
}

function Tasks({ tried }: { readonly tried: Tried | undefined }) {
  return (
    <PanelTable class="tasks-table" name="Tasks" columns={['Task', 'Result', 'HTTP has']}>
      {Pieces.map(({ id, task, counterpart, section, href }) => {
        const result = tried?.results.get(id);
        return (
          <tr key={id}>
            <th scope="row">{task}</th>
            <td>{result ? `${result.works ? '✓' : '✗'} ${result.saw}` : '–'}</td>
            <td>
              {counterpart}: <a href={href}>{section}</a>
            </td>
          </tr>
        );
      })}
    </PanelTable>
  );
}
