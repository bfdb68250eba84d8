import type { ComponentChildren } from 'preact';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatMs } from '#controls/number-format.ts';
import { losePacket, Model, type Packet } from './lost-packet.ts';

const transports = [
  { name: 'one TCP connection', readMs: ({ readOverTcpMs }: Packet) => readOverTcpMs },
  { name: 'streams of QUIC', readMs: ({ readOverQuicMs }: Packet) => readOverQuicMs },
] as const;

type Transport = (typeof transports)[number];
type Props = {
  /** Number of the packet that is lost. */
  readonly lost: number;
  /** Where it is set. */
  readonly control: ComponentChildren;
};

/** Three streams on one path, and who waits for a packet that is lost: nothing of it is sent. */
export function LostPacket({ lost, control }: Props) {
  const packets = losePacket(lost);
  const { gapMs, delayMs, streams, threshold } = Model;
  return (
    <>
      {control}
      <p class="panel-verdict">{verdict(packets)}</p>
      {transports.map((transport) => (
        <figure key={transport.name} class="lost-packet">
          <figcaption>{transport.name}</figcaption>
          <Waits packets={packets} transport={transport} />
        </figure>
      ))}
      <PanelTable
        class="elephant-table"
        name="All read"
        columns={['All of it read after', ...transports.map(({ name }) => name)]}
      >
        {streams.map((stream) => (
          <tr key={stream}>
            <th scope="row">stream {stream}</th>
            {transports.map(({ name, readMs }) => (
              <td key={name}>{formatMs(lastOf(packets, stream, readMs))}</td>
            ))}
          </tr>
        ))}
      </PanelTable>
      <p class="panel-hint">
        MODEL: {packets.length} packets leave, one each {gapMs} ms, of three streams in turn, and
        the way takes {delayMs} ms. A packet counts as lost once {threshold} later ones have arrived
        (
        <Section rfc={5681} section="3.2" />, <Section rfc={9002} section="6.1.1" />
        ); then it is sent again. A bar is the time that a packet waits to be read. TCP is one row
        of bytes (<Section rfc={9293} section="2.2" />
        ), and so is each stream of QUIC (<Section rfc={9000} section="2.2" />
        ).
      </p>
    </>
  );
}

function verdict(packets: readonly Packet[]): string {
  const waiting = ({ readMs }: Transport) =>
    packets.filter((packet) => !packet.isLost && readMs(packet) > packet.arrivedMs).length;
  const [tcp, quic] = transports;
  const lost = packets.find(({ isLost }) => isLost);
  return `Packet ${lost?.number ?? '–'}, of stream ${lost?.stream ?? '–'}, is lost. Over TCP ${waiting(tcp)} others wait for it, on streams of QUIC ${waiting(quic)}.`;
}

const lastOf = (packets: readonly Packet[], stream: string, readMs: Transport['readMs']): number =>
  Math.max(...packets.filter((packet) => packet.stream === stream).map(readMs));

const LANE = 12;
/** Of a packet that is read at once, in milliseconds. */
const THIN = 2;

/** A lane for each stream; drawn with attributes, as our Content-Security-Policy wants it. */
function Waits(props: { readonly packets: readonly Packet[]; readonly transport: Transport }) {
  const { packets, transport } = props;
  const lengthMs = Math.max(...packets.map(({ readOverTcpMs }) => readOverTcpMs)) + 3 * THIN;
  return (
    <svg
      viewBox={`0 0 ${lengthMs} ${Model.streams.length * LANE}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {packets.map((packet) => {
        const y = Model.streams.findIndex((stream) => stream === packet.stream) * LANE + 2;
        const readMs = transport.readMs(packet);
        return (
          <g key={packet.number}>
            <rect
              class="is-waiting"
              x={packet.arrivedMs}
              y={y + 2}
              width={readMs - packet.arrivedMs}
              height={LANE - 8}
            />
            <rect
              class={packet.isLost ? 'is-lost' : 'is-read'}
              x={readMs}
              y={y}
              width={THIN}
              height={LANE - 4}
            />
          </g>
        );
      })}
    </svg>
  );
}

const Section = ({ rfc, section }: { readonly rfc: number; readonly section: string }) => (
  <a href={`https://www.rfc-editor.org/rfc/rfc${rfc}#section-${section}`}>
    RFC {rfc} §{section}
  </a>
);
