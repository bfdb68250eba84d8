import { useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { hexFromOctets } from '#protocol/octets.ts';
import { Builder } from './Builder.tsx';
import type demo from './demo.ts';
import { readOwnFrames } from './own-frames.ts';
import { presetOf, type Outcome } from './presets.ts';
import { useRobot, type Guess } from './use-robot.ts';
import { VerdictTable } from './VerdictTable.tsx';
import { outcomeWords, words } from './words.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Where a reader breaks the rules, guesses, and sees two readers judge. */
export default function Panel({ bench, control }: Props) {
  const [guess, setGuess] = useState<Outcome>();
  const robot = useRobot(bench, guess);
  const isOwn = presetOf(bench.values.preset) === undefined;
  const own = isOwn ? readOwnFrames(bench.values.own) : undefined;
  const canSend = !isOwn || (own !== undefined && own.length > 0);
  const last = robot.guesses.at(-1);
  return (
    <>
      {control('preset')}
      {isOwn && <OwnFrames own={own} control={control} />}
      {isOwn && <Builder bench={bench} control={control} />}
      <div class="control">
        <label for="broken-frames-guess">{words.guess}</label>
        <select
          id="broken-frames-guess"
          value={guess ?? ''}
          disabled={bench.isReplay}
          onChange={({ currentTarget }) => {
            setGuess((currentTarget.value || undefined) as Outcome | undefined);
          }}
        >
          <option value="">{words.noGuess}</option>
          {Object.entries(outcomeWords).map(([outcome, text]) => (
            <option key={outcome} value={outcome}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || robot.isUnderWay || !canSend}
          onClick={robot.send}
        >
          {words.send}
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {robot.problem ?? (robot.isUnderWay ? words.sending : last && sentenceOf(last))}
      </p>
      {robot.guesses.length > 1 && (
        <p class="panel-hint">
          {words.score(
            robot.guesses.filter(({ guess: made, came }) => made === came).length,
            robot.guesses.length,
          )}
        </p>
      )}
      {robot.verdict !== undefined && <VerdictTable verdict={robot.verdict} />}
    </>
  );
}

function sentenceOf({ guess, came }: Guess): string {
  const what = came === undefined ? words.noAnswer : outcomeWords[came];
  return words.guessed(outcomeWords[guess], what, guess === came);
}

function OwnFrames({
  own,
  control,
}: {
  readonly own: readonly Uint8Array[] | undefined;
  readonly control: Props['control'];
}) {
  return (
    <>
      {control('own')}
      {own === undefined ? (
        <p class="panel-refused" role="alert">
          {words.ownNotHex}
        </p>
      ) : (
        <div class="frame-list" role="region" aria-label={words.toSend(own.length)} tabIndex={0}>
          {own.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <ol>
              {own.map((octets, index) => (
                <li key={index}>
                  <code>{hexFromOctets(octets.subarray(0, 40), ' ')}</code>
                  {octets.length > 40 && ` … ${octets.length} bytes`}
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </>
  );
}
