import { useEffect, useRef, useState } from 'preact/hooks';
import type { Challenge } from '#challenge/challenge.ts';
import type { ChallengeResult, GoalResult } from '#challenge/evaluator.ts';
import { markChallenge, readProgress } from '#components/progress.ts';
import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';
import type { Judge } from './judge.ts';
import type { Instrument } from './load-instrument.ts';

/** The demo's challenges, one at a time; goals tick as the rows come. */
export function ChallengeFoot({ model }: { readonly model: BenchModel }) {
  const { challenges } = model.demo;
  const [solved, setSolved] = useState<readonly string[]>([]);
  const challenge = challenges.find(({ id }) => id === model.challenge.value) ?? challenges[0];

  useEffect(() => {
    if (model.isEmbedded) return;
    const { challenges: done } = readProgress();
    setSolved(challenges.filter(({ id }) => `${model.demo.id}/${id}` in done).map(({ id }) => id));
  }, []);
  if (challenge === undefined) return null;

  return (
    <div class="challenge" role="region" aria-label={words.challengeOf(model.demo.title)}>
      <div class="challenge-choice">
        <h3>{words.challenge.name}</h3>
        {challenges.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === challenge.id}
            onClick={() => (model.challenge.value = id)}
          >
            {solved.includes(id) && <span aria-hidden="true">✓ </span>}
            {title}
            {solved.includes(id) && (
              <span class="visually-hidden"> ({words.challenge.solved})</span>
            )}
          </button>
        ))}
      </div>
      <Goals
        key={`${challenge.id} ${model.replay.value?.key ?? ''}`}
        model={model}
        challenge={challenge}
        onSolved={() => {
          if (model.replay.value !== undefined || solved.includes(challenge.id)) return;
          setSolved([...solved, challenge.id]);
          if (!model.isEmbedded) markChallenge(model.demo.id, challenge.id);
        }}
      />
    </div>
  );
}

type GoalsProps = {
  readonly model: BenchModel;
  readonly challenge: Challenge;
  readonly onSolved: () => void;
};

function Goals({ model, challenge, onSolved }: GoalsProps) {
  const [hints, setHints] = useState(0);
  const hintList = useRef<HTMLOListElement>(null);
  const { result, reset } = useEvaluation(model, challenge);
  const isSolved = result.goals.length > 0 && result.goals.every(({ met }) => met);
  useEffect(() => {
    if (isSolved) onSolved();
  }, [isSolved]);
  useEffect(() => {
    // With the last one, the button that had the focus is gone.
    if (hints > 0 && hints === challenge.hints.length) hintList.current?.focus();
  }, [hints]);
  return (
    <div class="challenge-body">
      <ul class="challenge-goals">
        {challenge.goals.map((goal) => {
          const state = result.goals.find(({ id }) => id === goal.id);
          return (
            <li key={goal.id} class={state?.met === true ? 'is-met' : ''}>
              <span aria-hidden="true">{state?.met === true ? '✓' : '○'}</span>{' '}
              <span class="visually-hidden">
                {state?.met === true ? words.challenge.done : words.challenge.open}
              </span>
              {goal.words}
              {state !== undefined && <Deciding goal={state} model={model} />}
            </li>
          );
        })}
      </ul>
      {hints > 0 && (
        <ol class="challenge-hints" ref={hintList} tabIndex={-1} aria-label={words.challenge.hints}>
          {challenge.hints.slice(0, hints).map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      )}
      <div class="challenge-actions">
        {isSolved && (
          <strong role="status">
            ✓ {model.replay.value === undefined ? words.challenge.solved : words.challenge.inReplay}
          </strong>
        )}
        {hints < challenge.hints.length && (
          <button type="button" onClick={() => setHints(hints + 1)}>
            {words.challenge.hint}
          </button>
        )}
        <button type="button" onClick={reset}>
          {words.challenge.reset}
        </button>
      </div>
    </div>
  );
}

/** The row that fulfilled a goal; of an open one, how far it came or what stands in its way. */
function Deciding({ goal, model }: { readonly goal: GoalResult; readonly model: BenchModel }) {
  const last = goal.deciding.at(-1);
  return last === undefined ? null : (
    <>
      {' '}
      <button type="button" class="row-link" onClick={() => (model.chosen.value = last)}>
        {goal.met ? words.challenge.by : words.challenge.notYet} {last}
      </button>
    </>
  );
}

/** So often at most the goals are looked at, in milliseconds. */
const EVALUATION_MS = 200;

function useEvaluation(model: BenchModel, challenge: Challenge) {
  const [result, setResult] = useState<ChallengeResult>({ goals: [] });
  const judge = useRef<Judge>();
  const pending = useRef(false);
  const begin = (instrument: Instrument, since: number) =>
    new instrument.Judge(challenge, model.store, since);
  const evaluation = () => {
    pending.current = false;
    const { value: instrument } = model.instrument;
    if (instrument === undefined) return;
    if (judge.current?.store !== model.store) judge.current = begin(instrument, 0);
    setResult(judge.current.look());
    if (judge.current.isBehind) evaluateSoon();
  };
  const evaluateSoon = () => {
    if (pending.current) return;
    pending.current = true;
    setTimeout(evaluation, EVALUATION_MS);
  };
  const tick = model.tick.value;
  useEffect(evaluateSoon, [tick]);
  return {
    result,
    reset: () => {
      const { value: instrument } = model.instrument;
      if (instrument === undefined) return;
      judge.current = begin(instrument, model.store.lastNumber);
      evaluation();
    },
  };
}
