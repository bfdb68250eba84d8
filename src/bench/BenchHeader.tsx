import { useState } from 'preact/hooks';
import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';

/** The bench's name, where it stands with its server, and what can be done with the whole of it. */
export function BenchHeader({ model }: { readonly model: BenchModel }) {
  const state = model.state.value;
  const isLive = state.name === 'live';
  const { value: instrument } = model.instrument;
  const { value: replay } = model.replay;
  const { value: isOpen } = model.isFileMenuOpen;
  return (
    <>
      <header class="bench-header">
        <h2>{model.demo.title}</h2>
        {(replay === undefined || !isLive) && (
          <p class={`chip chip-${state.name}`} role="status">
            <span aria-hidden="true">{isLive ? '● ' : '○ '}</span>
            {words.states[state.name]}
          </p>
        )}
        {replay === undefined ? (
          <AddressChip model={model} />
        ) : (
          <p class="chip chip-recorded" role="status">
            {words.replay.mark} · {replay.label}
          </p>
        )}
        <div class="bench-actions">
          <button
            type="button"
            aria-pressed={model.isProjected.value}
            onClick={() => {
              model.isProjected.value = !model.isProjected.value;
              model.prepare();
            }}
          >
            {words.projector}
          </button>
          <label class="bench-announce">
            <input
              type="checkbox"
              checked={model.announcer.isOn.value}
              onChange={(event) => (model.announcer.isOn.value = event.currentTarget.checked)}
            />
            {words.announce}
          </label>
          <button
            type="button"
            disabled={!isLive || replay !== undefined}
            onClick={() => model.clear()}
          >
            {words.clear}
          </button>
          <LinkButton model={model} />
          <button
            type="button"
            id={`${model.id}-file`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? `${model.id}-file-menu` : undefined}
            onClick={() => (model.isFileMenuOpen.value = !isOpen)}
          >
            {words.fileMenu}
          </button>
        </div>
      </header>
      {isOpen && instrument !== undefined && <instrument.FileMenu model={model} />}
    </>
  );
}

/** Where on its server the demo's server side is, the run cut short. */
function AddressChip({ model }: { readonly model: BenchModel }) {
  const run = model.run.value;
  if (run === undefined) return null;
  return (
    <p class="chip chip-address" title={run.address}>
      /live/{run.id.slice(0, 4)}…/{model.demo.id}/
    </p>
  );
}

function LinkButton({ model }: { readonly model: BenchModel }) {
  const [shown, setShown] = useState<string>();
  const copy = async () => {
    const { addressOf } = await import('./bench-address.ts');
    const link = addressOf(model);
    try {
      await navigator.clipboard.writeText(link);
      setShown('');
    } catch {
      // Not allowed here: the reader copies it by hand.
      setShown(link);
    }
  };
  return (
    <span class="bench-link">
      <button type="button" onClick={() => void copy()}>
        {words.link}
      </button>
      <span role="status">{shown === '' ? words.linkCopied : ''}</span>
      {shown !== undefined && shown !== '' && (
        <input
          readOnly
          aria-label={words.link}
          value={shown}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </span>
  );
}
