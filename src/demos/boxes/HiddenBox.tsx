import { useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { gameOf, ProbeNames, Suspects, tryPath, type Game, type ProbeName } from './naming.ts';
import { Cases } from './Cases.tsx';
import { command } from './probe.ts';
import { useTask } from './use-probe.ts';

/** The server puts a box on the path and keeps back what happens behind it, until it is named. */
export function HiddenBox({ bench }: PanelProps<(typeof demo)['parameters']>) {
  const { saw } = bench;
  const task = useTask(bench);
  const game = gameOf(bench.rows);
  const [guess, setGuess] = useState(Suspects[0] ?? '');
  const probes = game.probes.length;
  const mayAct = bench.address !== undefined && !task.isRunning;

  const hide = () =>
    void task.begin(async (direct, stop) => {
      await command(direct, 'hidden', {}, stop);
      saw('hidden');
    });
  const tryOne = (name: ProbeName) =>
    void task.begin(async (direct, stop) => {
      const result = await tryPath(name, { direct, saw, stop });
      if (!stop.aborted) saw('probe', { probe: name, result });
    });
  const name = (box: string | undefined) =>
    void task.begin(async (direct, stop) => {
      const answer = await command(direct, 'guess', box === undefined ? {} : { box }, stop);
      if (answer['box'] === undefined) {
        saw('probe', { probe: `the name ${String(box)}`, result: 'wrong' });
      } else saw('named', { box: answer['box'], right: answer['right'], probes });
    });

  return (
    <>
      <div class="panel-actions">
        <button type="button" class="go" disabled={!mayAct} onClick={hide}>
          Hide a box
        </button>
      </div>
      <fieldset class="panel-group" disabled={!mayAct || !game.isHidden}>
        <legend>Try the path</legend>
        <div class="panel-actions">
          {ProbeNames.map((probe) => (
            <button type="button" key={probe} onClick={() => tryOne(probe)}>
              {probe}
            </button>
          ))}
        </div>
      </fieldset>
      <p class="panel-verdict" role="status">
        {task.isRunning ? 'Trying …' : verdict(game)}
      </p>
      {probes > 0 && (
        <ol class="probe-list" aria-label="What your script saw">
          {game.probes.map(({ probe, result }, index) => (
            <li key={index}>
              <b>{probe}</b>: {result}
            </li>
          ))}
        </ol>
      )}
      <fieldset class="panel-group" disabled={!mayAct || !game.isHidden}>
        <legend>It is …</legend>
        <div class="panel-line">
          <div class="control">
            <label for="boxes-guess">Name</label>
            <select
              id="boxes-guess"
              value={guess}
              onChange={({ currentTarget }) => setGuess(currentTarget.value)}
            >
              {Suspects.map((box) => (
                <option key={box}>{box}</option>
              ))}
            </select>
          </div>
          <button type="button" class="go" onClick={() => name(guess)}>
            Name it
          </button>
          <button type="button" onClick={() => name(undefined)}>
            Give up
          </button>
        </div>
      </fieldset>
      {game.named && <Cases path={game.named.box} />}
      <p class="panel-hint">
        Until you name it, the server keeps back all rows from behind the box. A wrong name counts
        as a probe.
      </p>
    </>
  );
}

function verdict({ isHidden, named, probes }: Game): string {
  const count = `${probes.length} ${probes.length === 1 ? 'probe' : 'probes'}`;
  if (named !== undefined) {
    return named.right
      ? `Right: ${named.box}, after ${count}. Both its sides are on the timeline now.`
      : `It was ${named.box}. Both its sides are on the timeline now.`;
  }
  return isHidden ? `A box is hidden. ${count} so far.` : 'Press “Hide a box”.';
}
