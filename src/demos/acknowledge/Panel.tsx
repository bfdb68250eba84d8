import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { pageSide, readAtOtherEnd, serverSide, type PageSide } from './batch.ts';
import type demo from './demo.ts';
import { useBatch } from './use-batch.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** What a waiter sees: orders that were sent, what came back, and what the kitchen really made. */
export default function Panel({ bench, control }: Props) {
  const send = useBatch(bench);
  const page = pageSide(bench.rows);
  const { arrived, made, roundTrips } = serverSide(bench.rows, page.batch);
  const count = page.orders.length;
  const answered = page.orders.filter(({ answer }) => answer !== undefined).length;
  return (
    <>
      {control('by')}
      {control('path')}
      <div class="panel-line">
        {control('orders')}
        <button type="button" class="go" disabled={bench.address === undefined} onClick={send}>
          Send
        </button>
      </div>
      <fieldset class="panel-group">
        <legend>An acknowledgement, piece by piece</legend>
        {control('ids')}
        {control('acks')}
        {control('timeout')}
        {control('retry')}
        {control('deduplicate')}
      </fieldset>
      <details class="panel-more">
        <summary>How the server works</summary>
        {control('oneAtATime')}
        {control('stuck')}
        {control('seed')}
      </details>
      <p class="panel-verdict" role="status">
        {verdict(page, answered, made.length)}
      </p>
      {count > 0 && (
        <Ladder
          orders={count}
          rungs={[
            ['handed to the browser', page.orders.filter(({ sends }) => sends > 0).length],
            ['read at the other end', readAtOtherEnd(bench.rows, page)],
            ['taken by the server’s program', new Set(arrived).size],
            ['made', new Set(made).size],
            ['answered, as your script knows', answered],
          ]}
        />
      )}
      {count > 0 && <Orders page={page} made={made} />}
      {count > 0 && (
        <p class="panel-answer">
          <span>Arrived</span> <output>{arrived.join(' ') || 'nothing'}</output>
          <br />
          <span>Made</span> <output>{made.join(' ') || 'nothing'}</output>
        </p>
      )}
      <Figures
        figures={[
          { value: page.readyState ?? '–', label: 'readyState' },
          {
            value: String(page.bufferedAmount ?? '–'),
            // It may break where a reader would break it.
            label: 'buffered\u200bAmount',
          },
          { value: roundTrips > 0 ? String(roundTrips) : '–', label: 'round trips' },
        ]}
      />
    </>
  );
}

function verdict(page: PageSide, answered: number, made: number): string {
  if (page.problem !== undefined) return `It failed: ${page.problem}.`;
  const { length } = page.orders;
  if (length === 0) return 'Press Send: one coffee for each table.';
  const sent = page.orders.filter(({ sends }) => sends > 0).length;
  return `Your script: ${sent} sent, ${answered} answered. The server: ${made} made.`;
}

type Rung = readonly [name: string, orders: number];

/** How far the orders came: each rung says nothing of the next. */
function Ladder({ orders, rungs }: { readonly orders: number; readonly rungs: readonly Rung[] }) {
  return (
    <PanelTable class="order-table" name="The ladder" columns={['The ladder', 'Orders']}>
      {rungs.map(([name, count]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            {count} of {orders}
          </td>
        </tr>
      ))}
    </PanelTable>
  );
}

function Orders({ page, made }: { readonly page: PageSide; readonly made: readonly number[] }) {
  return (
    <PanelTable
      class="order-table"
      name="Orders"
      columns={['Table', 'Your script knows', 'Server made']}
    >
      {page.orders.map(({ table, sends, answer }) => {
        const coffees = made.filter((one) => one === table).length;
        return (
          <tr key={table}>
            <th scope="row">{table}</th>
            <td>
              {sends === 0 ? 'nothing yet' : `sent${sends > 1 ? ` ${sends}×` : ''}`}
              {sends > 0 && `, ${answer ?? (page.isOver ? 'no answer' : 'waiting')}`}
            </td>
            <td>
              {coffees === 0 ? 'nothing' : `${coffees} ${coffees > 1 ? 'coffees!' : 'coffee'}`}
            </td>
          </tr>
        );
      })}
    </PanelTable>
  );
}
