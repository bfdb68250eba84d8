import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Saw } from '#demo/workbench.ts';
import {
  askAndWait,
  askEvery,
  listenToEvents,
  listenToSocket,
  type Letter,
  type Mailbox,
} from './client.ts';
import type demo from './demo.ts';
import { closeMailbox, dropLetter, openMailbox } from './letters.ts';
import { answered, everyMsOf, meanAgeMs, nothingYet, type Tally } from './tally.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** One way of being told after another, and what each has brought the last time. */
export function useMailbox({ address, values, saw: report }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  const [tallies, setTallies] = useState<readonly Tally[]>([]);
  const [problem, setProblem] = useState<string>();

  const failed = (error: unknown) => {
    setProblem((error as Error).message);
    report('error', { reason: (error as Error).message });
  };

  const start = async () => {
    if (address === undefined) return;
    running.current?.abort();
    const controller = (running.current = new AbortController());
    const { way, seed } = values;
    let tally = nothingYet(way);
    const count = (next: Tally) => {
      tally = next;
      setTallies((before) => [next, ...before.filter((other) => other.way !== way)]);
    };
    count(tally);
    setProblem(undefined);
    setRunning(true);

    const saw: Saw = (name, data) => {
      if (name === 'ask' || name === 'open') count({ ...tally, requests: tally.requests + 1 });
      report(name, data);
    };
    saw('start', { way });
    try {
      const openedAt = await openMailbox(address, seed);
      // It is opened all the same; but another way may have been chosen meanwhile.
      controller.signal.throwIfAborted();
      let last = 0;
      const onAnswer = (letters: readonly Letter[]) => {
        const sinceOpened = performance.now() - openedAt;
        const aged = letters.map(({ number, at }) => ({
          number,
          ageMs: Math.max(0, Math.round((sinceOpened - at) * 10) / 10),
        }));
        last = letters.at(-1)?.number ?? last;
        const tens = Math.floor(tally.letters / 10);
        count(answered(tally, aged));
        if (aged.length === 0) saw('empty-answer');
        for (const letter of aged) saw('letter', { ...letter, answer: tally.answers });
        if (Math.floor(tally.letters / 10) > tens) saw('tens', summary(tally));
      };
      const { signal } = controller;
      await follow(way, { address, since: () => last, onAnswer, signal }, saw);
    } catch (error) {
      if (controller.signal.aborted) return;
      failed(error);
      setRunning(false);
    }
  };
  const stop = () => {
    if (address === undefined || running.current?.signal.aborted !== false) return;
    running.current.abort();
    setRunning(false);
    closeMailbox(address).catch(failed);
  };

  useEffect(() => () => running.current?.abort(), [address]);
  useEffect(() => {
    if (isRunning) void start();
  }, [values.way]);

  return {
    isRunning,
    tallies,
    problem,
    start: () => void start(),
    stop,
    drop: () => void dropLetter(address ?? '').catch(failed),
  };
}

function follow(way: string, mailbox: Mailbox, saw: Saw): Promise<never> {
  const everyMs = everyMsOf(way);
  if (everyMs !== undefined) return askEvery(everyMs, mailbox, saw);
  if (way === 'wait') return askAndWait(mailbox, saw);
  return way === 'events' ? listenToEvents(mailbox, saw) : listenToSocket(mailbox, saw);
}

const summary = (tally: Tally) => ({
  way: tally.way,
  letters: tally.letters,
  answers: tally.answers,
  empty: tally.empty,
  meanAgeMs: Math.round(meanAgeMs(tally) ?? 0),
});
