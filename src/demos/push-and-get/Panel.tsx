import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { changeSnapshot, Reader } from './client.ts';
import type demo from './demo.ts';
import { looksOf, type LookSeen } from './looks.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

const SHOWN = 8;

/** A reader of a snapshot, the button that changes it, and what each look took. */
export default function Panel({ bench, control }: Props) {
  const { address, values, saw, now } = bench;
  const reader = useRef<Reader>();
  const lookedAt = useRef<number>();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => () => reader.current?.close(), [address]);
  const looks = looksOf(bench.rows);

  const connect = (at: string) => {
    reader.current?.close();
    setProblem(undefined);
    const mine: Reader = (reader.current = new Reader(
      at,
      values.way,
      {
        open: () => setOpen(true),
        close: (code) => {
          if (reader.current !== mine) return;
          setOpen(false);
          saw('close', { code });
        },
        look: ({ version, at: madeAt, fromCache }) => {
          const isAgain = lookedAt.current !== undefined;
          const afterMs = Math.max(0, Math.round((now() - (lookedAt.current ?? madeAt)) * 10) / 10);
          lookedAt.current = undefined;
          saw('seen', { version, isAgain, afterMs, fromCache, way: values.way });
        },
      },
      (reason) => setProblem(`It failed: ${reason}.`),
    ));
  };
  const change = (at: string) => {
    lookedAt.current = undefined;
    changeSnapshot(at).catch((error: unknown) => {
      setProblem(`It failed: ${(error as Error).message}.`);
    });
  };
  return (
    <>
      <fieldset class="panel-plain" disabled={isOpen} role="presentation">
        {control('way')}
      </fieldset>
      <div class="panel-actions">
        <button
          type="button"
          class={isOpen ? '' : 'go'}
          disabled={address === undefined}
          onClick={() => {
            if (isOpen) reader.current?.close();
            else if (address !== undefined) connect(address);
          }}
        >
          {isOpen ? 'Disconnect' : 'Connect'}
        </button>
        <button
          type="button"
          class={isOpen ? 'go' : ''}
          disabled={!isOpen}
          onClick={() => address !== undefined && change(address)}
        >
          Change it
        </button>
        <button
          type="button"
          disabled={!isOpen || looks.length === 0}
          onClick={() => {
            lookedAt.current = now();
            reader.current?.again();
          }}
        >
          Look again
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(looks.at(-1), isOpen)}
      </p>
      {looks.length > 0 && <Looks looks={looks.slice(-SHOWN)} />}
    </>
  );
}

function verdict(look: LookSeen | undefined, isOpen: boolean): string {
  if (look === undefined) {
    return isOpen ? 'Connected. Change the snapshot.' : 'Connect, and then change the snapshot.';
  }
  const { version, isAgain, octets } = look;
  const took = octets === 0 ? 'nothing on the wire' : `${formatCount(octets)} bytes on the wire`;
  return `Version ${version} ${isAgain ? 'looked at again' : 'seen'}: ${took}.`;
}

function Looks({ looks }: { readonly looks: readonly LookSeen[] }) {
  return (
    <PanelTable
      name="Looks at the snapshot"
      columns={['Version', 'Look', 'After', 'Bytes, both ways']}
    >
      {looks.map(({ version, isAgain, afterMs, octets }, index) => (
        <tr key={index}>
          <th scope="row">{version}</th>
          <td>{isAgain ? 'again' : 'new'}</td>
          <td>{formatMs(afterMs)}</td>
          <td>{formatCount(octets)}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
