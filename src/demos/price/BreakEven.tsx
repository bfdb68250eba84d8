import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Bill } from './bill.ts';
import { pricesOf, repaidAfter, TLS_HANDSHAKE } from './break-even.ts';
import type demo from './demo.ts';
import { Slider } from '#controls/Slider.tsx';

type Props = PanelProps<(typeof demo)['parameters']> & { readonly bills: readonly Bill[] };

/** After how many events a WebSocket's handshake is repaid, and what a session comes to. */
export function BreakEven({ bench, control, bills }: Props) {
  const { size, events, newConnection } = bench.values;
  const { handshake, http1, http2, frame, isOwn, isRobots } = pricesOf(bills, size);
  const setUp = handshake + (newConnection ? TLS_HANDSHAKE : 0);
  const others = [
    { name: 'long poll, HTTP/1.1', each: http1 },
    { name: 'long poll, HTTP/2, warm', each: http2 },
  ];
  return (
    <details class="panel-more" open>
      <summary>Break-even</summary>
      <Slider
        label="Session"
        value={events}
        valueText={`${events} ${events === 1 ? 'event' : 'events'}`}
        min={1}
        max={400}
        isAtRest={bench.isReplay}
        onChange={(value) => bench.set('events', value)}
      />
      {control('newConnection')}
      <PanelTable
        class="break-even"
        name="Break-even"
        columns={['Around the payload', 'Once + each', 'Session', 'WebSocket repaid after']}
      >
        <tr>
          <th scope="row">WebSocket</th>
          <td>
            {formatCount(setUp)} + {frame}
          </td>
          <td>{formatCount(setUp + events * frame)} B</td>
          <td>–</td>
        </tr>
        {others.map(({ name, each }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>0 + {formatCount(each)}</td>
            <td>{formatCount(events * each)} B</td>
            <td>{formatCount(repaidAfter(setUp, each, frame))}</td>
          </tr>
        ))}
      </PanelTable>
      <p class="panel-hint">
        {isOwn
          ? 'Handshake and HTTP/1.1: the heads that your browser sent here.'
          : 'Handshake and HTTP/1.1: heads like Chrome 141’s, counted in 2026. Send, and it takes yours.'}{' '}
        HTTP/2: {isRobots ? 'the robot’s here' : 'RECORDED'}. TLS handshake:{' '}
        {formatCount(TLS_HANDSHAKE)} bytes, measured in 2026.
      </p>
    </details>
  );
}
