import { PanelTable } from '#controls/PanelTable.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import demo from './demo.ts';
import { ordersOf, type Order } from './orders.ts';
import { useOrder } from './use-order.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** So many orders, the newest, are listed. */
const SHOWN = 8;
const names = new Map<string, string>(
  demo.parameters.by.choices.map(({ value, label }) => [value, label]),
);

/** A cake to order, and when and how the script learns that it is baked. */
export default function Panel({ bench, control }: Props) {
  const { isBusy, order } = useOrder(bench);
  const orders = ordersOf(bench.rows);
  return (
    <>
      {control('by')}
      {bench.values.by === 'asking' && control('everyMs')}
      {control('box')}
      <div class="panel-line">
        {control('bakesMs')}
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isBusy}
          onClick={order}
        >
          Order a cake
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {verdict(orders.at(-1))}
      </p>
      {orders.length > 0 && <Orders orders={orders.slice(-SHOWN)} />}
    </>
  );
}

function verdict(order: Order | undefined): string {
  if (order === undefined) return 'Order a cake. It takes its time.';
  const { statusCode, isBaked, isOver, problem, requests, toldMs } = order;
  if (problem !== undefined) return `It failed: ${problem}.`;
  if (toldMs !== undefined) {
    return `Baked, and your script knows: ${requests} ${requests === 1 ? 'request' : 'requests'}.`;
  }
  if (statusCode === 202 && !isOver) return 'Accepted with 202. The cake is not baked yet.';
  if (!isOver) return 'The order is out, with no answer yet.';
  const end = isBaked
    ? 'The cake is baked, and your script was not told.'
    : 'The cake still bakes.';
  return `The answer: ${statusCode ?? 'none'}. ${end}`;
}

function Orders({ orders }: { readonly orders: readonly Order[] }) {
  return (
    <PanelTable name="Orders" columns={['Outcome by', 'Answer', 'Told after baking', 'Requests']}>
      {orders
        .map((order, index) => (
          <tr key={index}>
            <th scope="row">{names.get(order.by) ?? order.by}</th>
            <td>
              {order.statusCode ?? '–'}
              {order.answeredMs !== undefined && ` after ${formatMs(order.answeredMs)}`}
            </td>
            <td>{toldWords(order)}</td>
            <td>{order.requests}</td>
          </tr>
        ))
        .reverse()}
    </PanelTable>
  );
}

function toldWords({ toldMs, isOver }: Order): string {
  if (toldMs !== undefined) return formatMs(toldMs);
  return isOver ? 'never' : '–';
}
