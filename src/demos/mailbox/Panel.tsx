import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import demo from './demo.ts';
import { recordedTallies } from './recorded-tallies.ts';
import { everyMsOf, meanAgeMs, nothingYet, predict, type Mark, type Tally } from './tally.ts';
import { useMailbox } from './use-mailbox.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** As many as are looked at; all are counted. */
const MARKS_SHOWN = 18;

/** What a user sees: letters, each as old as it was when the page learned of it. */
export default function Panel({ bench, control }: Props) {
  const mailbox = useMailbox(bench);
  const tallies = mailbox.tallies.length > 0 ? mailbox.tallies : recordedTallies(bench.rows);
  const tally = tallies[0] ?? nothingYet(bench.values.way);
  const mean = meanAgeMs(tally);
  return (
    <>
      {control('way')}
      {control('seed')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || mailbox.isRunning}
          onClick={mailbox.start}
        >
          Start
        </button>
        <button type="button" disabled={!mailbox.isRunning} onClick={mailbox.drop}>
          Drop a letter now
        </button>
        <button type="button" disabled={!mailbox.isRunning} onClick={mailbox.stop}>
          Stop
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {mailbox.problem ?? verdict(mailbox.isRunning, tally)}
      </p>
      <Marks marks={tally.marks} />
      {tallies.length > 0 && <Comparison tallies={tallies} />}
      <Figures
        figures={[
          { value: mean === undefined ? '–' : formatMs(mean), label: 'mean age' },
          {
            value: tally.letters === 0 ? '–' : formatMs(tally.worstAgeMs),
            label: 'worst age',
          },
          { value: `${tally.requests}, ${tally.empty}`, label: 'requests, empty' },
        ]}
      />
    </>
  );
}

const labelOf = (way: string): string =>
  demo.parameters.way.choices.find(({ value }) => value === way)?.label ?? way;

function verdict(isRunning: boolean, tally: Tally): string {
  const { letters, answers, empty, way } = tally;
  if (letters >= 10 && empty === 0 && answers >= 5) {
    return `${letters} letters, and no answer was empty (${labelOf(way)}). Is there another way to do that?`;
  }
  if (!isRunning) return answers === 0 ? 'Press Start: the mailbox opens.' : 'Stopped.';
  return `The mailbox is open (${labelOf(way)}).`;
}

function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  const shown = marks.slice(-MARKS_SHOWN);
  const before = marks.length - shown.length;
  if (marks.length === 0) return null;
  return (
    <>
      <ol class="mail-marks" aria-label="What came">
        {shown.map((mark, index) => (
          <MarkBox key={before + index} mark={mark} />
        ))}
      </ol>
      <p class="panel-hint">
        Filled: a letter, and its age. Hollow: an empty answer.
        {before > 0 && ` ${before} earlier ones are not drawn.`}
      </p>
    </>
  );
}

function MarkBox({ mark }: { readonly mark: Mark }) {
  if (mark === 'empty') return <li class="is-empty">empty</li>;
  const { number, ageMs } = mark;
  return (
    <li aria-label={`Letter ${number}, ${formatMs(ageMs)} old`}>
      <b>{number}</b>
      <span>{ageMs < 1000 ? `${Math.round(ageMs)} ms` : `${(ageMs / 1000).toFixed(1)} s`}</span>
    </li>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;

/** Each way that was tried: what was to be expected, and what was measured. */
function Comparison({ tallies }: { readonly tallies: readonly Tally[] }) {
  return (
    <PanelTable name="Predicted and measured" columns={['Told by', 'Mean age', 'Empty answers']}>
      {tallies.map((tally) => (
        <ComparisonRow key={tally.way} tally={tally} />
      ))}
    </PanelTable>
  );
}

function ComparisonRow({ tally }: { readonly tally: Tally }) {
  const { way, letters, answers, empty } = tally;
  const everyMs = everyMsOf(way);
  const predicted = everyMs === undefined ? undefined : predict(everyMs);
  const mean = meanAgeMs(tally);
  return (
    <tr>
      <th scope="row">{labelOf(way)}</th>
      <td>
        {mean === undefined ? 'no letter yet' : `${formatMs(mean)}, n = ${letters}`}
        <br />
        predicted: {predicted ? formatMs(predicted.meanAgeMs) : 'the way alone'}
      </td>
      <td>
        {answers === 0 ? 'no answer yet' : `${percent(empty / answers)}, n = ${answers}`}
        <br />
        predicted:{' '}
        {predicted ? percent(predicted.emptyShare) : way === 'wait' ? 'hardly any' : 'none'}
      </td>
    </tr>
  );
}
