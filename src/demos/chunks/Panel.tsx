import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { readLines } from './client.ts';
import type demo from './demo.ts';
import { addressOn, lastReading, type Reading } from './reading.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The pieces that a script reads, and what two clients make of them. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const { address, values, rows, saw } = bench;
  const reading = lastReading(rows);
  const read = async (at: string) => {
    setBusy(true);
    saw('read', { path: values.path });
    try {
      await readLines(addressOn(at, values), values.path, saw);
    } catch (error) {
      saw('failed', { reason: (error as Error).message });
    }
    setBusy(false);
  };
  return (
    <>
      {control('path')}
      {values.path === 'rechunk' && control('size')}
      {values.path === 'rechunk' && control('waitMs')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => address !== undefined && void read(address)}
        >
          Read
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {sentenceOf(reading)}
      </p>
      {reading !== undefined && <Pieces reading={reading} />}
    </>
  );
}

function sentenceOf(reading: Reading | undefined): string {
  if (reading === undefined) return 'Press Read: three messages are on their way.';
  if (reading.problem !== undefined) return `It failed: ${reading.problem}.`;
  const { pieces, errors, byLine, isOver } = reading;
  if (!isOver) return `${pieces.length} pieces so far …`;
  const thrown = errors === 1 ? '1 error' : `${errors} errors`;
  return `${pieces.length} pieces. One piece is one JSON: ${thrown}. By lines: ${byLine} of 3 messages.`;
}

function Pieces({ reading }: { readonly reading: Reading }) {
  return (
    <PanelTable name="Pieces" columns={['Piece', 'One piece is one JSON', 'By lines']}>
      {reading.pieces.slice(0, 100).map(({ number, bytes, text, naive, lines }) => (
        <tr key={number}>
          <th scope="row">
            {bytes} B <code>{text.replaceAll('\n', '⏎')}</code>
          </th>
          <td>{naive === 'read' ? '✓ read' : '✕ SyntaxError'}</td>
          <td>{lines === 0 ? 'waits' : `✓ ${lines} read`}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
