import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { report } from './client.ts';
import type demo from './demo.ts';
import {
  Apps,
  Currencies,
  filtered,
  linesOf,
  NO_FILTER,
  Servers,
  USERS,
  type Filter,
  type Line,
  type LogName,
} from './logs.ts';
import { Answers, namingsOf, rightAnswer, type Naming } from './naming.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const SHOWN = 60;
/** In the page as it comes: the log is computed, so that the rest need not be sent. */
const SHOWN_AT_FIRST = 8;

const filters = [
  { name: 'outcome', label: 'Outcome', values: ['failed', 'fine'] },
  { name: 'what', label: 'About', values: ['menu', 'order'] },
  { name: 'server', label: 'Server', values: Servers },
  { name: 'app', label: 'App', values: Apps },
  { name: 'currency', label: 'Currency', values: Currencies },
] as const;

/** A log, ways to sift it, and a place to say what is wrong. */
export default function Panel({ bench, control }: Props) {
  const { address, isReplay, rows, saw, values } = bench;
  const log = values.log as LogName;
  const { seed } = values;
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [clicks, setClicks] = useState(0);
  const [cause, setCause] = useState(Answers[0]!);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    setFilter(NO_FILTER);
    setClicks(0);
  }, [log, seed]);
  const lines = useMemo(() => linesOf(seed, log), [seed, log]);
  const shown = filtered(lines, filter);
  const most = address === undefined && !isReplay ? SHOWN_AT_FIRST : SHOWN;
  const namings = namingsOf(rows, seed);
  const named = namings.findLast((naming) => naming.log === log);

  const change = (name: keyof Filter, value: string) => {
    setFilter({ ...filter, [name]: value });
    setClicks(clicks + 1);
  };
  const name = async () => {
    if (address === undefined) return;
    setProblem(undefined);
    const isRight = cause === rightAnswer(seed, log);
    const tries = namings.filter((naming) => naming.log === log).length + 1;
    saw('named', { log, seed, cause, isRight, tries, clicks });
    try {
      await report(address, { log, cause, clicks });
    } catch (error) {
      setProblem(`It was not handed in: ${(error as Error).message}.`);
    }
  };
  return (
    <>
      {control('log')}
      <div class="night-filters" role="group" aria-label="Show only">
        {filters
          .filter(({ name }) => name === 'outcome' || lines.some((line) => line[name]))
          .map(({ name, label, values: choices }) => (
            <div class="control" key={name}>
              <label for={`night-${name}`}>{label}</label>
              <select
                id={`night-${name}`}
                value={filter[name]}
                onChange={({ currentTarget }) => change(name, currentTarget.value)}
              >
                <option value="">any</option>
                {choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice}
                  </option>
                ))}
              </select>
            </div>
          ))}
      </div>
      <p class="panel-hint">
        <b>MODEL</b> {share(shown, lines)}
        {!isReplay && ` ${clicks} ${clicks === 1 ? 'click' : 'clicks'} so far.`}
      </p>
      <div class="night-log" tabIndex={0} role="region" aria-label="Lines of the log">
        <ol>
          {shown.slice(0, most).map(({ text, isFailed }, index) => (
            <li key={index} class={isFailed ? 'is-failed' : ''}>
              {text}
            </li>
          ))}
          {shown.length > most && <li>… and {shown.length - most} more</li>}
        </ol>
      </div>
      <div class="panel-line">
        <div class="control">
          <label for="night-cause">What is wrong?</label>
          <select
            id="night-cause"
            value={isReplay ? named?.cause : cause}
            onChange={({ currentTarget }) => setCause(currentTarget.value)}
          >
            {Answers.map((answer) => (
              <option key={answer} value={answer}>
                {answer}
              </option>
            ))}
          </select>
        </div>
        <button
          type="button"
          class="go"
          disabled={address === undefined}
          onClick={() => void name()}
        >
          Name it
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(named)}
      </p>
      <details class="panel-more">
        <summary>Where the log comes from</summary>
        <p class="panel-hint">
          It is computed in your browser: a MODEL of {USERS} users for 40 minutes, of whose orders
          about 4 % fail.
        </p>
        {control('seed')}
      </details>
    </>
  );
}

function share(shown: readonly Line[], lines: readonly Line[]): string {
  const failed = shown.filter(({ isFailed }) => isFailed).length;
  const percent = shown.length === 0 ? 0 : (100 * failed) / shown.length;
  return `${shown.length} of ${lines.length} lines, ${failed} failed (${percent.toFixed(1)} %).`;
}

function verdict(naming: Naming | undefined): string {
  if (naming === undefined) return 'Some orders fail. Whose?';
  const { cause, isRight, clicks } = naming;
  return isRight
    ? `Right: ${cause}. It took ${clicks} ${clicks === 1 ? 'click' : 'clicks'}.`
    : `Not ${cause}. Look at what the failed ones have in common.`;
}
