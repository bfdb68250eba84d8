import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { Bars, type Bar } from './Bars.tsx';
import { billFor, total, ways, type Bill } from './bill.ts';
import { BreakEven } from './BreakEven.tsx';
import demo from './demo.ts';
import { Slider } from '#controls/Slider.tsx';
import { usePrice } from './use-price.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** The same message by each transport, and the bill of each. */
export default function Panel({ bench, control }: Props) {
  const { bills, isRunning, problem, start } = usePrice(bench);
  const { size, layers } = bench.values;
  const bars = barsOf(bills, size);
  return (
    <>
      {control('way')}
      <Slider
        label="Powers of two"
        value={Math.round(Math.log2(size))}
        valueText={`${formatCount(size)} ${size === 1 ? 'byte' : 'bytes'}`}
        max={16}
        isAtRest={bench.isReplay}
        onChange={(power) => bench.set('size', 2 ** power)}
      />
      <div class="panel-pair">
        {control('size')}
        {control('messages')}
      </div>
      {control('layers')}
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
        {problem ?? verdict(bills, isRunning)}
      </p>
      <Bars bars={bars} layers={layers} />
      <p class="panel-hint">{comparison(bars, layers)}</p>
      <p class="panel-hint">
        Bytes of one message, set-up and ends left out. Hollow is MODEL, with TLS and TCP/IP: 22
        bytes per TLS 1.3 record, 52 per IPv4 packet with time stamps, each head with its content,
        chunk or frame a write of its own, acknowledgements left out.
      </p>
      <BreakEven bench={bench} control={control} bills={bills} />
    </>
  );
}

const labelOf = (way: string): string =>
  demo.parameters.way.choices.find(({ value }) => value === way)?.label ?? way;

function barsOf(bills: readonly Bill[], size: number): readonly Bar[] {
  return (
    ways
      .map((way): Bar => {
        const { each } = billFor(bills, way, size) ?? {};
        return { name: labelOf(way), each, ...(way === 'http2' && { mark: 'ROBOT' }) };
      })
      // It is not among those that are sent one after another.
      .filter(({ name, each }) => each !== undefined || name !== labelOf('events-plain'))
  );
}

function verdict(bills: readonly Bill[], isRunning: boolean): string {
  if (isRunning) return 'Sending …';
  const bill = bills.at(-1);
  if (bill === undefined) return 'Press Send: one message each way.';
  const { way, messages, setUp, overhead } = bill;
  const shared = setUp === 0 ? 'nothing is shared' : `${setUp} bytes of set-up shared by all`;
  return `${labelOf(way)}: ${messages} ${messages === 1 ? 'message' : 'messages'}, ${shared}: ${overhead.toFixed(1)} bytes each over the payload.`;
}

/** How many times a WebSocket's octets a long poll takes, over each version of HTTP. */
function comparison(bars: readonly Bar[], layers: string): string {
  const named = (name: string) => bars.find((bar) => bar.name === name)?.each;
  const [socket, http1, http2] = [
    named(labelOf('down')),
    named(labelOf('long')),
    named(labelOf('http2')),
  ];
  if (!socket || !http1 || !http2) return 'Send each way to compare them.';
  const of = layers === 'all' ? 'All layers' : 'Around the payload';
  const cost = (one: typeof socket) => (layers === 'all' ? total(one, layers) : one.around);
  const times = (one: typeof socket) => `${(cost(one) / cost(socket)).toFixed(1)} times`;
  return `${of}, a long poll takes ${times(http1)} a WebSocket’s bytes over HTTP/1.1, ${times(http2)} over HTTP/2.`;
}
