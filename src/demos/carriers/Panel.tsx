import { useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { carriedIn, type Carried } from './carried.ts';
import { sendAll, setCookie } from './client.ts';
import type demo from './demo.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Five requests, and what the server got with each. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, values, rows, saw } = bench;
  const run = async (at: string) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await setCookie(at, values.at);
      saw('cookie', { at: values.at });
      await sendAll(at);
      saw('sent', { requests: 5 });
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
      saw('error', { reason: (error as Error).message });
    }
    setBusy(false);
  };
  const carried = carriedIn(rows);
  return (
    <>
      {control('at')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => address !== undefined && void run(address)}
        >
          Send all five
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(carried)}
      </p>
      <PanelTable
        class="carriers-table"
        name="What came"
        columns={['Request', 'The cookie', 'Origin']}
      >
        {carried.map(({ name, cookie, origin }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{cookie === undefined ? '–' : cookie ? 'yes' : 'no'}</td>
            <td>{origin === undefined ? '–' : origin === 'none' ? 'no' : 'yes'}</td>
          </tr>
        ))}
      </PanelTable>
    </>
  );
}

function verdict(carried: readonly Carried[]): string {
  const sent = carried.filter(({ cookie }) => cookie !== undefined);
  if (sent.length === 0) return 'Press Send all five, and compare what the server got.';
  const count = (isSo: (one: Carried) => boolean) => sent.filter(isSo).length;
  const [cookies, origins] = [
    count(({ cookie }) => cookie === true),
    count(({ origin }) => origin !== 'none'),
  ];
  return `Of ${sent.length} requests, ${cookies} carried the cookie and ${origins} said their origin.`;
}
