import { useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { load, save, type Loaded } from './client.ts';
import type demo from './demo.ts';
import { listState, type ListState } from './editors.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;
type Bench = Props['bench'];

/** Two people before one list, and the list itself. */
export default function Panel({ bench, control }: Props) {
  const [problem, setProblem] = useState<string>();
  const state = listState(bench.rows);
  return (
    <>
      {control('ifMatch')}
      <Editor who="Anna" item="milk" bench={bench} onProblem={setProblem} />
      <Editor who="Ben" item="bread" bench={bench} onProblem={setProblem} />
      <p class="panel-verdict" role="status">
        {problem ?? verdict(state)}
      </p>
      <Figures
        figures={[
          { value: state.lost.join(', ') || '–', label: 'saved, then lost' },
          { value: state.last ?? '–', label: 'last save' },
        ]}
      />
    </>
  );
}

function Editor(props: {
  readonly who: string;
  readonly item: string;
  readonly bench: Bench;
  readonly onProblem: (problem: string | undefined) => void;
}) {
  const { who, item, bench, onProblem } = props;
  const { address, saw, values } = bench;
  const [loaded, setLoaded] = useState<Loaded>();
  const [text, setText] = useState('');

  const trying = (act: (at: string) => Promise<void>) => () => {
    if (address === undefined) return;
    onProblem(undefined);
    act(address).catch((error: unknown) => {
      onProblem(`It failed: ${(error as Error).message}.`);
    });
  };
  const onLoad = trying(async (at) => {
    const list = await load(at, who, saw);
    setLoaded(list);
    setText(list.text);
  });
  const onSave = trying(async (at) => {
    const ifMatch = values.ifMatch ? loaded?.etag : undefined;
    const etag = await save(at, who, text, ifMatch, saw);
    if (etag !== undefined) setLoaded({ text, etag });
  });
  const isReady = address !== undefined && loaded !== undefined;
  return (
    <fieldset class="panel-group">
      <legend>
        {who} {loaded?.etag !== undefined && <>has version {loaded.etag}</>}
      </legend>
      <div class="control">
        <label for={`two-editors-${who}`}>{who}’s list</label>
        <input
          id={`two-editors-${who}`}
          type="text"
          value={text}
          maxLength={100}
          disabled={!isReady}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div class="panel-actions">
        <button type="button" disabled={address === undefined} onClick={onLoad}>
          {who} loads
        </button>
        <button type="button" disabled={!isReady} onClick={() => setText(`${text}, ${item}`)}>
          {who} adds {item}
        </button>
        <button type="button" class="go" disabled={!isReady} onClick={onSave}>
          {who} saves
        </button>
      </div>
    </fieldset>
  );
}

function verdict({ text, lost, last }: ListState): string {
  if (text === undefined) return 'Let both load the list.';
  if (last === undefined) return `The list: ${text}.`;
  if (last.endsWith('412')) return `${last}, not saved. The list: ${text}.`;
  return lost.length === 0
    ? `The list: ${text}. Nothing is lost.`
    : `The list: ${text}. Saved and lost: ${lost.join(', ')}.`;
}
