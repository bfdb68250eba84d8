import type { RaceFigures } from '#demos/race/figures.ts';
import { RaceTracks } from '#demos/race/RaceTracks.tsx';
import { words } from '#words/opening.ts';

export type OpeningProps = {
  readonly race: RaceFigures;
  /** When and where it was recorded; undefined: it is the reader's own. */
  readonly recorded: string | undefined;
  /** Of a live server: nothing to start without one. */
  readonly act?: { readonly label: string; readonly press: () => void };
  readonly problem?: string | undefined;
};

/** The race on the home page, as HTML and as it runs. */
export function OpeningView({ race, recorded, act, problem }: OpeningProps) {
  const { delayMs, everyMs } = race.conditions;
  return (
    <>
      <p class="opening-head">
        <b>{words.title}</b>
        <span class="opening-chip">
          {recorded === undefined ? words.live : `${words.recorded} ${recorded}`}
        </span>
        {act !== undefined && (
          <button type="button" onClick={act.press}>
            {act.label}
          </button>
        )}
      </p>
      <RaceTracks race={race} />
      <p class="opening-foot">
        {words.conditions(delayMs, everyMs, race.count)}{' '}
        {problem ?? (recorded === undefined && (race.isOver ? words.isOver : words.running))}
      </p>
    </>
  );
}
