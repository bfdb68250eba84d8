import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';

/** What stands in the way of a live bench, and what to do about it. Nothing while it is live. */
export function ServerNotice({ model }: { readonly model: BenchModel }) {
  const state = model.state.value;
  const { explanations } = words;
  return (
    <>
      {model.problems.value.map((problem) => (
        <p key={problem} class="notice notice-link" role="status">
          {problem}
        </p>
      ))}
      {state.name === 'unreachable' && (
        <p class="notice" role="alert">
          {explanations.unreachable} {explanations.howToRun} <code>{words.commands}</code>
        </p>
      )}
      {state.name === 'hosted' && (
        <p class="notice">
          {explanations.hosted} <code>{words.commands}</code>
        </p>
      )}
      {state.name === 'expired' && (
        <p class="notice" role="alert">
          {explanations.expired}{' '}
          <button type="button" onClick={() => model.clear()}>
            {words.newRun}
          </button>
        </p>
      )}
      {state.name === 'error' && (
        <p class="notice" role="alert">
          {explanations.error} {state.reason}{' '}
          <button type="button" onClick={() => model.clear()}>
            {words.newRun}
          </button>
        </p>
      )}
    </>
  );
}
