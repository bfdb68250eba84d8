import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import demo from './demo.ts';
import { useBatches } from './use-batches.ts';
import { ways, type WireSize } from './wire-sizes.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** What was sent, and what of it crossed the wire. */
export default function Panel({ bench, control }: Props) {
  const { sizes, isRunning, problem, start } = useBatches(bench);
  const { kind } = bench.values;
  return (
    <>
      {control('way')}
      {control('kind')}
      {control('messages')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Send
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(sizes.at(-1), isRunning)}
      </p>
      <PanelTable
        class="wire-sizes"
        name="Bytes on the wire"
        columns={[`${labelOf('kind', kind).replace(/:.*/, '')} by`, 'Once', 'First, last', 'Mean']}
      >
        {ways.map((way) => (
          <Line
            key={way}
            way={way}
            size={sizes.findLast((size) => size.way === way && size.kind === kind)}
          />
        ))}
      </PanelTable>
      <p class="panel-hint">
        Bytes on the wire. Once: heads. First, last and mean: a frame with its header, or a chunk
        with its size. Select a frame’s row to see its bytes beside what they inflate to.
      </p>
    </>
  );
}

function Line({ way, size }: { readonly way: string; readonly size: WireSize | undefined }) {
  return (
    <tr>
      <th scope="row">{labelOf('way', way)}</th>
      {size === undefined ? (
        <td colSpan={3}>not sent yet</td>
      ) : (
        <>
          <td>{formatCount(size.setUp)}</td>
          <td>
            {size.first}, {size.last}
          </td>
          <td>{(size.sent / size.messages).toFixed(1)}</td>
        </>
      )}
    </tr>
  );
}

const labelOf = (name: 'way' | 'kind', value: string): string =>
  demo.parameters[name].choices.find((choice) => choice.value === value)?.label ?? value;

function verdict(size: WireSize | undefined, isRunning: boolean): string {
  if (isRunning) return 'Sending …';
  if (size === undefined) return 'Press Send: the same messages, five ways.';
  const { way, messages, payload, setUp, sent } = size;
  const total = setUp + sent;
  const more = total < payload ? 'fewer than they have' : 'more than they have';
  return `${labelOf('way', way)}: ${messages} messages of ${formatCount(payload)} bytes in ${formatCount(total)}, ${total === payload ? 'just as many' : more}.`;
}
