import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';
import { focusView } from './kept-focus.ts';

/** What stands in the way of a live bench, and what to do about it. Nothing while it is live. */
export function ServerNotice({ model }: { readonly model: BenchModel }) {
  const state = model.state.value;
  const { explanations } = words;
  const { value: instrument } = model.instrument;
  const { value: replay } = model.replay;
  const beginAnew = () => {
    focusView(model);
    model.clear();
  };
  return (
    <>
      {model.problems.value.map((problem) => (
        <p key={problem} class="notice notice-link" role="status">
          {problem}
        </p>
      ))}
      {state.name === 'unreachable' && (
        <p class="notice" role="alert">
          {explanations.unreachable} {explanations.howToRun} <code>{words.commands}</code>{' '}
          {model.recording !== undefined && replay === undefined && (
            <button
              type="button"
              onClick={() => {
                focusView(model);
                void model.playRecording();
              }}
            >
              {words.replay.play}
            </button>
          )}
        </p>
      )}
      {state.name === 'hosted' && (
        <p class="notice">
          {explanations.hosted} <code>{words.commands}</code>
        </p>
      )}
      {replay !== undefined && instrument !== undefined && (
        <instrument.ReplayNotice model={model} replay={replay} />
      )}
      {state.name === 'expired' && (
        <p class="notice" role="alert">
          {explanations.expired}{' '}
          <button type="button" onClick={beginAnew}>
            {words.newRun}
          </button>
        </p>
      )}
      {state.name === 'error' && (
        <p class="notice" role="alert">
          {explanations.error} {state.reason}{' '}
          <button type="button" onClick={beginAnew}>
            {words.newRun}
          </button>
        </p>
      )}
    </>
  );
}
