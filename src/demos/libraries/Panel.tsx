import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Outcome } from './client.ts';
import type demo from './demo.ts';
import { outcomeKey, outcomesOf, outcomeWords } from './outcomes.ts';
import { behind, Libraries, Paths, pathWords, type LibraryId } from './paths.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** One library on one path, and a table of what each has made of each path so far. */
export default function Panel({ bench, control }: Props) {
  const running = useRef<AbortController>();
  const [current, setCurrent] = useState<string>();
  const { address, values, rows, saw } = bench;
  const outcomes = outcomesOf(rows);
  useEffect(() => () => running.current?.abort(), [address]);

  const connect = async (paths: readonly string[]) => {
    if (address === undefined) return;
    const { signal } = (running.current = new AbortController());
    const library = values.library as LibraryId;
    // Not before somebody connects: most of a page's readers only read it.
    const { ways } = await import('./client.ts');
    for (const path of paths) {
      setCurrent(path);
      saw('try', { library, path });
      const outcome = await ways[library]({ address: behind(address, path), saw, signal });
      if (signal.aborted) break;
      saw('outcome', { library, path, ...outcome });
    }
    setCurrent(undefined);
  };
  const isIdle = address !== undefined && current === undefined;
  const newest = outcomes.get(outcomeKey(values.library, values.path));
  return (
    <>
      {control('library')}
      {control('path')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={!isIdle}
          onClick={() => void connect([values.path])}
        >
          Connect
        </button>
        <button type="button" disabled={!isIdle} onClick={() => void connect(Paths)}>
          On every path
        </button>
        <button
          type="button"
          disabled={current === undefined}
          onClick={() => {
            running.current?.abort();
            setCurrent(undefined);
          }}
        >
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
