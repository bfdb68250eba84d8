import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { beginWallet, press } from './client.ts';
import type demo from './demo.ts';
import { pressesOf, type PressResult } from './presses.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;
type Bench = Props['bench'];

const SHOWN = 8;

/** A button that is meant once, and a table of what it came to. */
export default function Panel({ bench, control }: Props) {
  const [problem, setProblem] = useState<string>();
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);
  const { address } = bench;
  const results = pressesOf(bench.rows);

  const start = async (at: string) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setProblem(undefined);
    try {
      await pressOnce(at, bench, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(`It failed: ${(error as Error).message}.`);
    }
  };
  return (
    <>
      {control('method')}
      {control('lose')}
      {control('retry')}
      {control('key')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined}
          onClick={() => address !== undefined && void start(address)}
        >
          Press
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(results.at(-1))}
      </p>
      {results.length > 0 && <Results results={results.slice(-SHOWN)} />}
    </>
  );
}

/** Each press has a wallet of its own, so that the balances can be compared. */
async function pressOnce(address: string, { values, saw }: Bench, signal: AbortSignal) {
  const { method, lose, retry, key } = values;
  const wallet = await beginWallet(address, signal);
  saw('wallet', { wallet, method, key });
  const place = `wallets/${wallet}/`;
  await press(
    {
      address: new URL(place, address).href,
      lossyAddress: new URL(`via/black-hole;swallows=down/${place}`, address).href,
      method,
      loseFirst: lose,
      attempts: retry ? 2 : 1,
      key: key ? crypto.randomUUID() : undefined,
      signal,
    },
    saw,
  );
  if (!signal.aborted) saw('done', { wallet });
}

function verdict(result: PressResult | undefined): string {
  if (result === undefined) return 'The wallet holds 100. One press is to make it 110.';
  const { sends, applied, balance, isOver, answer } = result;
  if (!isOver) return 'No answer yet…';
  const told = answer === undefined ? 'no answer came' : `answered with ${answer}`;
  return `Sent ${times(sends)}, ${told}. The server did it ${times(applied)}: ${balance}.`;
}

const times = (count: number): string =>
  ['never', 'once', 'twice'][count] ?? `${String(count)} times`;

function Results({ results }: { readonly results: readonly PressResult[] }) {
  return (
    <PanelTable name="Presses" columns={['By', 'Sent', 'Last answer', 'Done', 'Balance']}>
      {results.map(({ wallet, method, withKey, sends, answer, applied, balance }) => (
        <tr key={wallet}>
          <th scope="row">{withKey ? `${method} with key` : method}</th>
          <td>{sends}×</td>
          <td>{answer ?? 'none'}</td>
          <td>{applied}×</td>
          <td>{balance === 110 ? '110, right' : balance === 100 ? '100' : `${balance}, wrong`}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
