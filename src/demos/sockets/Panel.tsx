import { useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { batchesOf, countConnections, type SeenBatch } from './batches.ts';
import { askAtOnce, askInTurn, askWithClose } from './client.ts';
import demo from './demo.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const ways: Readonly<Record<string, typeof askInTurn>> = {
  'in-turn': askInTurn,
  'at-once': askAtOnce,
  close: askWithClose,
};
const labels = new Map(
  demo.parameters.way.choices.map(({ value, label }) => [value as string, label]),
);

/** Ten requests, and the connections that they took. */
export default function Panel({ bench, control }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { address, values, rows, saw } = bench;
  const batches = batchesOf(rows);

  const ask = async (at: string) => {
    const { way, requests } = values;
    const batch = { number: (batches.at(-1)?.number ?? 0) + 1, requests };
    setBusy(true);
    setProblem(undefined);
    saw('batch', { batch: batch.number, way, requests });
    try {
      await ways[way]?.(at, batch, saw);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
    setBusy(false);
  };
  return (
    <>
      {control('way')}
      <div class="panel-line">
        {control('requests')}
        <button
          type="button"
          class="go"
          disabled={address === undefined || isBusy}
          onClick={() => address !== undefined && void ask(address)}
        >
          Ask
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? sentenceOf(batches.at(-1))}
      </p>
      {batches.slice(-4).map((batch) => (
        <Sockets key={batch.number} batch={batch} />
      ))}
    </>
  );
}

function sentenceOf(batch: SeenBatch | undefined): string {
  if (batch === undefined) return 'Press Ask, and count.';
  const sockets = countConnections(batch);
  return `${batch.answered} answers on ${sockets} TCP ${sockets === 1 ? 'connection' : 'connections'}.`;
}

/** A line for each connection with the requests that it carried. */
function Sockets({ batch }: { readonly batch: SeenBatch }) {
  const numbers = [...new Set(batch.connections)];
  return (
    <section class="socket-batch" aria-label={`Batch ${batch.number}`}>
      <p>
        {labels.get(batch.way)}: {batch.connections.length} requests, {numbers.length} TCP
      </p>
      <ul>
        {numbers.map((number) => {
          const requests = batch.connections
            .map((connection, index) => ({ connection, request: index + 1 }))
            .filter(({ connection }) => connection === number);
          return (
            <li key={number}>
              <span>connection {number}: </span>
              {requests.map(({ request }) => (
                <b key={request}>{request} </b>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
