import { useMemo } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { CrossingLines } from './CrossingLines.tsx';
import demo from './demo.ts';
import { talksOf, type TalkRecord } from './talks.ts';

/** As many talks are compared. */
const TALKS_SHOWN = 6;

/** What crossed in the last talk, and what each has taken. */
export function Outcome({
  bench: { rows },
}: {
  readonly bench: Pick<PanelProps['bench'], 'rows'>;
}) {
  const talks = useMemo(() => talksOf(rows), [rows, rows.length]);
  const talk = talks[0];
  return (
    <>
      <p class="panel-verdict" role="status">
        {verdict(talk)}
      </p>
      {talk !== undefined && talk.lines.length > 0 && <CrossingLines talk={talk} />}
      {talks.length > 0 && <Comparison talks={talks.slice(0, TALKS_SHOWN)} />}
      <Figures
        figures={[
          { value: talk ? `${talk.up}, ${talk.down}` : '–', label: 'numbers up, down' },
          { value: talk ? String(talk.connections) : '–', label: 'connections' },
          { value: talk ? String(talk.mostCrossed) : '–', label: 'most crossed' },
        ]}
      />
    </>
  );
}

const labelOf = (by: string): string =>
  demo.parameters.by.choices.find(({ value }) => value === by)?.label ?? by;

function verdict(talk: TalkRecord | undefined): string {
  if (talk === undefined) return 'Press Talk: both sides begin to count.';
  if (talk.problem !== undefined) return `It failed: ${talk.problem}.`;
  if (!talk.isOver) return `Both are counting (${labelOf(talk.by)}) …`;
  if (talk.mostCrossed === 0) return 'Over. No number crossed another on its way.';
  const where = talk.onOneConnection ? 'on one connection' : 'on different connections';
  return `Over. Numbers crossed on their way, ${where}.`;
}

function Comparison({ talks }: { readonly talks: readonly TalkRecord[] }) {
  return (
    <PanelTable
      class="talk-table"
      name="What each talk took"
      columns={['Talk by', 'Connections', 'Bytes up / down', 'Most crossed']}
    >
      {talks.map(({ talk, by, delayMs, connections, octetsUp, octetsDown, mostCrossed }) => (
        <tr key={talk}>
          <th scope="row">
            {labelOf(by)}
            {delayMs > 0 && `, ${delayMs} ms`}
          </th>
          <td>{connections}</td>
          <td>
            {formatCount(octetsUp)} / {formatCount(octetsDown)}
          </td>
          <td>{mostCrossed}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
