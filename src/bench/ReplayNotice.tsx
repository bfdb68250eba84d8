import { words } from '#words/instrument.ts';
import type { BenchModel } from './bench-model.ts';
import { focusView } from './kept-focus.ts';
import type { Replay } from './replay.ts';

/** Says that what is shown was recorded, and leads back. */
export function ReplayNotice({
  model,
  replay,
}: {
  readonly model: BenchModel;
  readonly replay: Replay;
}) {
  const back = wayBack(model, replay);
  return (
    <p class="notice notice-recorded">
      {words.replay[replay.source]} {words.replay.resting}{' '}
      {back !== undefined && (
        <button
          type="button"
          onClick={() => {
            focusView(model);
            back.go();
          }}
        >
          {back.words}
        </button>
      )}
    </p>
  );
}

function wayBack(model: BenchModel, replay: Replay) {
  const isHosted = model.state.value.name === 'hosted';
  if (!isHosted) {
    const isLive = model.state.value.name === 'live';
    return {
      words: isLive ? words.replay.backToLive : words.replay.backToRun,
      go: () => model.show(undefined),
    };
  }
  if (replay.source === 'recording' || model.recording === undefined) return undefined;
  return { words: words.replay.backToRecording, go: () => void model.playRecording() };
}
