import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { connect } from './client.ts';
import demo from './demo.ts';
import { outcomesOf, type Outcome } from './outcomes.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const labels = new Map(
  demo.parameters.way.choices.map(({ value, label }) => [value as string, label]),
);

/** One answer after another, and the table that fills itself. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const { address, values, rows, saw } = bench;
  const outcomes = outcomesOf(rows);
  const run = async (at: string) => {
    setBusy(true);
    await connect(at, values.way, saw);
    setBusy(false);
  };
  return (
    <>
      {control('way')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => address !== undefined && void run(address)}
        >
          Connect
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {sentenceOf(outcomes)}
      </p>
      {outcomes.length > 0 && <Table outcomes={outcomes} />}
    </>
  );
}

function sentenceOf(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return 'Choose an answer, press Connect, and compare both columns.';
  const faces = new Set(outcomes.map(({ page }) => page)).size;
  const causes = new Set(outcomes.map(({ wire }) => wire ?? 'no HTTP')).size;
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  return `On the wire ${many(causes, 'thing')}; to the page ${many(faces, 'face')}.`;
}

function Table({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  return (
    <PanelTable
      name="What came of each answer"
      columns={['Answer', 'Your page sees', 'The wire shows']}
    >
      {outcomes.map(({ way, page, wire }) => (
        <tr key={way}>
          <th scope="row">{labels.get(way) ?? way}</th>
          <td>{page}</td>
          <td>{wire ?? 'no HTTP at all'}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
