import type { TransferRecord } from './transfers.ts';

const HEIGHT = 34;
/** Of a line that is drawn for a moment, in parts of the whole width. */
const THIN = 1 / 250;

/** Each transfer along its time: the large message, pings until their pongs, the small message. */
export function Tracks({ transfers }: { readonly transfers: readonly TransferRecord[] }) {
  const lengthMs = Math.max(500, ...transfers.flatMap(endsOf));
  return (
    <>
      <ol class="elephant-tracks" aria-hidden="true">
        {transfers.map((transfer) => (
          <li key={transfer.transfer}>
            <svg viewBox={`0 0 ${lengthMs} ${HEIGHT}`} preserveAspectRatio="none">
              <Track transfer={transfer} lengthMs={lengthMs} />
            </svg>
          </li>
        ))}
      </ol>
      <p class="panel-hint">
        From the left, newest on top, one line each: the large message, pings until their pongs
        (striped), and the small message’s arrival. The table has the figures.
      </p>
    </>
  );
}

const endsOf = ({ largeMs = 0, smallMs = 0, pings }: TransferRecord): number[] => [
  largeMs,
  smallMs,
  ...pings.map(({ to }) => to),
];

function Track({ transfer, lengthMs }: { transfer: TransferRecord; lengthMs: number }) {
  const { largeMs, smallMs, pings } = transfer;
  const thin = lengthMs * THIN;
  const reached = Math.max(0, ...endsOf(transfer));
  return (
    <>
      <rect class="is-large" x={0} y={1} width={Math.max(thin, largeMs ?? reached)} height={9} />
      {pings.map(({ from, to }, index) => (
        <rect
          key={index}
          class={index % 2 === 0 ? 'is-ping' : 'is-ping is-odd'}
          x={Math.max(0, from)}
          y={12}
          width={Math.max(thin, to - from - thin / 2)}
          height={9}
        />
      ))}
      {smallMs !== undefined && (
        <rect
          class="is-small"
          x={Math.max(0, smallMs - thin)}
          y={23}
          width={3 * thin}
          height={10}
        />
      )}
    </>
  );
}
