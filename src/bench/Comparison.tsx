import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { compareRuns, MAX_COMPARED, type Pair } from '#capture/comparison.ts';
import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { comparisonWords as words } from '#words/comparison.ts';
import type { BenchModel } from './bench-model.ts';
import { browserName } from './browser-name.ts';
import './comparison-styles.ts';
import { pairSentence } from './pair-sentence.ts';
import { fetchRecording } from './recording.ts';
import { readReplay, type Replay } from './replay.ts';
import { rowWords } from './row-words.ts';

/** The run that is shown beside the demo's recording: row by row, and what differs in a sentence. */
export function Comparison({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const recording = useRecording(model);
  return (
    <div
      class="comparison"
      tabIndex={0}
      role="region"
      aria-label={words.nameOf(model.demo.title)}
      aria-busy={recording === 'loading'}
    >
      <h3>{words.title}</h3>
      {typeof recording === 'string' ? (
        <p role={recording === 'notLoaded' ? 'alert' : undefined}>{words[recording]}</p>
      ) : model.replay.value?.source === 'recording' ? (
        <p>{words.isRecording}</p>
      ) : model.store.byTime.length === 0 ? (
        <p>{words.nothingYet}</p>
      ) : (
        <Pairs model={model} recording={recording} />
      )}
    </div>
  );
}

function useRecording(model: BenchModel): Replay | 'loading' | 'notLoaded' | 'none' {
  const { recording: address, demo } = model;
  const [found, setFound] = useState<Replay | 'loading' | 'notLoaded'>('loading');
  useEffect(() => {
    if (address === undefined) return;
    fetchRecording(address).then(
      (json) => setFound(readReplay(demo, json, 'recording')),
      () => setFound('notLoaded'),
    );
  }, [address, demo]);
  return address === undefined ? 'none' : found;
}

function Pairs({ model, recording }: { readonly model: BenchModel; readonly recording: Replay }) {
  void model.tick.value;
  const { store } = model;
  const { byTime, insertions, generation } = store;
  const [isOthersOnly, setOthersOnly] = useState(true);
  const pairs = useMemo(
    () => compareRuns(byTime, recording.store.byTime),
    // A run only grows, but for rows that come between: what is beyond the bound changes nothing.
    [store, recording, Math.min(byTime.length, MAX_COMPARED), insertions.length, generation],
  );
  const isSame = ({ here, there, differences }: Pair) =>
    here !== undefined && there !== undefined && differences.length === 0;
  const shown = isOthersOnly ? pairs.filter((pair) => !isSame(pair)) : pairs;
  const isCut = Math.max(byTime.length, recording.store.byTime.length) > MAX_COMPARED;
  return (
    <>
      <p>
        <Sums pairs={pairs} /> {isCut && words.bound(formatCount(MAX_COMPARED))}
      </p>
      <label class="comparison-choice">
        <input
          type="checkbox"
          checked={isOthersOnly}
          onChange={(event) => setOthersOnly(event.currentTarget.checked)}
        />
        {words.onlyOthers}
      </label>
      {shown.length === 0 ? (
        <p>{words.allSame}</p>
      ) : (
        <>
          <p class="comparison-heads" aria-hidden="true">
            <span>{hereOf(model)}</span>
            <span>{words.there(recording.label)}</span>
            <span>{words.differs}</span>
          </p>
          <ol>
            {shown.map((pair) => (
              <li
                key={`${pair.here?.number ?? ''} ${pair.there?.number ?? ''}`}
                class={isSame(pair) ? 'is-same' : ''}
              >
                <Cell name={hereOf(model)}>
                  {pair.here && <Here row={pair.here} model={model} />}
                </Cell>
                <Cell name={words.there(recording.label)}>
                  {pair.there && <Said row={pair.there} />}
                </Cell>
                <Cell name={words.differs}>
                  {pairSentence(pair, model.replay.value !== undefined)}
                </Cell>
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="comparison-scope">{words.scope}</p>
    </>
  );
}

function Sums({ pairs }: { readonly pairs: readonly Pair[] }) {
  const sums = { same: 0, other: 0, here: 0, there: 0 };
  for (const { here, there, differences } of pairs) {
    if (here === undefined) sums.there++;
    else if (there === undefined) sums.here++;
    else if (differences.length === 0) sums.same++;
    else sums.other++;
  }
  const { same, other, here, there } = sums;
  return <>{words.sums(...([same, other, here, there].map(formatCount) as Four))}</>;
}

type Four = [string, string, string, string];

function hereOf(model: BenchModel): string {
  const { value: replay } = model.replay;
  return replay === undefined
    ? words.here.live(browserName(navigator.userAgent))
    : words.here.capsule(replay.label);
}

/** Says itself what it is where nothing stands above it: to screen readers, and on a phone. */
function Cell({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <p>
      <span class="comparison-name">{name}: </span>
      {children || words.noRow}
    </p>
  );
}

/** Chooses its row, whose bytes stand below. */
function Here({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  return (
    <button
      type="button"
      aria-current={model.chosen.value === row.number ? 'true' : undefined}
      onClick={() => (model.chosen.value = row.number)}
    >
      <Said row={row} />
    </button>
  );
}

function Said({ row }: { readonly row: Row }) {
  const { title, detail, tone } = rowWords(row);
  return (
    <span class={`tone-${tone}`}>
      <small>{words.row(row.number)}</small> <b>{title}</b> <i>{detail}</i>
    </span>
  );
}
