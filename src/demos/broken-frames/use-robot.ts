import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { sendRobot } from './client.ts';
import type demo from './demo.ts';
import { writeFrame } from './frame-plan.ts';
import { readOwnFrames } from './own-frames.ts';
import { presetOf, type Outcome } from './presets.ts';
import { lastVerdict, type Verdict } from './verdicts.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

export type Guess = { readonly guess: Outcome; readonly came: Outcome | undefined };

/** Octets of what is chosen; `undefined` when the reader's own frames can't be read. */
function chosenFrames(values: Bench['values']): readonly Uint8Array[] | undefined {
  const plans = presetOf(values.preset)?.frames;
  if (plans === undefined) return readOwnFrames(values.own);
  return plans.map((plan) => writeFrame(plan, crypto.getRandomValues(new Uint8Array(4))));
}

/** The robot's errands, one at a time, and how the reader's guesses fared. */
export function useRobot(bench: Bench, guess: Outcome | undefined) {
  const { address, values, rows, saw } = bench;
  const [isUnderWay, setUnderWay] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [guesses, setGuesses] = useState<readonly Guess[]>([]);
  // The rows of an errand come on another connection than the answer to it, and may come after it.
  const open = useRef<{ readonly guess: Outcome; readonly from: number }>();
  const verdict: Verdict | undefined = lastVerdict(rows);

  useEffect(() => {
    if (open.current === undefined || isUnderWay || verdict?.outcome === undefined) return;
    if (rows.length <= open.current.from) return;
    const made = { guess: open.current.guess, came: verdict.outcome };
    open.current = undefined;
    setGuesses((before) => [...before, made]);
  });

  const send = async () => {
    const frames = chosenFrames(values);
    if (address === undefined || frames === undefined || frames.length === 0) return;
    setUnderWay(true);
    setProblem(undefined);
    open.current = guess && { guess, from: rows.length };
    try {
      await sendRobot(address, frames, saw);
    } catch (error) {
      open.current = undefined;
      setProblem((error as Error).message);
    }
    setUnderWay(false);
  };
  return { isUnderWay, problem, guesses, verdict, send: () => void send() };
}
