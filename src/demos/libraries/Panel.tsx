import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Outcome } from './client.ts';
import type demo from './demo.ts';
import { outcomeKey, outcomesOf, outcomeWords } from './outcomes.ts';
import { Libraries, Paths, pathWords } from './paths.ts';
import { useLibraries } from './use-libraries.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** One library on one path, and a table of what each has made of each path so far. */
export default function Panel({ bench, control }: Props) {
  const { current, connect, stop } = useLibraries(bench);
  const { address, values, rows } = bench;
  const outcomes = outcomesOf(rows);
  const isIdle = address !== undefined && current === undefined;
  const newest = outcomes.get(outcomeKey(values.library, values.path));
  return (
    <>
      {control('library')}
      {control('path')}
      <div class="panel-actions">
        <button type="button" class="go" disabled={!isIdle} onClick={() => connect([values.path])}>
          Connect
        </button>
        <button type="button" disabled={!isIdle} onClick={() => connect(Paths)}>
          On every path
        </button>
        <button type="button" disabled={current === undefined} onClick={stop}>
          Stop
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {verdict(current, values.path, newest)}
      </p>
      <PanelTable
        class="paths-table"
        name="What each made of it"
        columns={['Path', ...Libraries.map(({ short }) => short)]}
      >
        {Paths.map((path) => (
          <tr key={path}>
            <th scope="row">{pathWords(path)}</th>
            {Libraries.map(({ id }) => {
              const outcome = outcomes.get(outcomeKey(id, path));
              return <td key={id}>{outcome === undefined ? '–' : outcomeWords(outcome)}</td>;
            })}
          </tr>
        ))}
      </PanelTable>
    </>
  );
}

function verdict(current: string | undefined, path: string, newest: Outcome | undefined): string {
  if (current !== undefined) return `Connecting, path: ${pathWords(current)} …`;
  if (newest === undefined) return 'Connect, and see what the library speaks.';
  return `${pathWords(path)}: ${outcomeWords(newest)}.`;
}
