import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { hangUp } from '#demo/hang-up.ts';
import { addressOf, openInTab, openWebSocket, sendVisitor } from './client.ts';
import { Doors, outcomeOf, visitsOf, type Visit } from './doors.ts';
import type demo from './demo.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** One address, and a button for each who might ask for it. */
export default function Panel({ bench, control }: Props) {
  const { address, rows, saw, values } = bench;
  const [image, setImage] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const socket = useRef<WebSocket>();
  const leave = () => {
    if (socket.current) hangUp(socket.current);
  };
  useEffect(() => leave, [address]);
  useEffect(() => setImage(undefined), [address]);
  const at = address === undefined ? '' : addressOf(address, values);
  const visits = visitsOf(rows);

  const send = async (visitor: string) => {
    if (address === undefined) return;
    setProblem(undefined);
    try {
      await sendVisitor(address, visitor, values);
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
    }
  };
  const connect = () => {
    leave();
    socket.current = openWebSocket(at, saw);
  };
  const isOff = address === undefined;
  return (
    <>
      <div class="panel-pair">
        {control('what')}
        {values.what === 'badge' && control('way')}
      </div>
      <div class="panel-actions" role="group" aria-label="Your browser">
        <button type="button" class="go" disabled={isOff} onClick={() => openInTab(at, saw)}>
          Open in a new tab
        </button>
        <button type="button" class="go" disabled={isOff} onClick={() => setImage(at)}>
          Show as an image
        </button>
        {values.what === 'ws' && (
          <button type="button" class="go" disabled={isOff} onClick={connect}>
            new WebSocket()
          </button>
        )}
      </div>
      <div class="panel-actions" role="group" aria-label="Our ROBOT, as another client">
        <button type="button" disabled={isOff} onClick={() => void send('curl')}>
          Send curl’s request
        </button>
        <button type="button" disabled={isOff} onClick={() => void send('health-check')}>
          Check its health
        </button>
        <button type="button" disabled={isOff} onClick={() => void send('crawler')}>
          Let a crawler in
        </button>
        {values.what === 'ws' && (
          <button type="button" disabled={isOff} onClick={() => void send('curl-upgrade')}>
            curl that asks for Upgrade
          </button>
        )}
      </div>
      {at !== '' && <CurlLine address={at} />}
      {image !== undefined && (
        <p class="panel-answer">
          <span>Your image</span>
          <br />
          <img
            key={image}
            src={image}
            alt={image.endsWith('/ws') ? 'not an image' : 'shop: open'}
            onLoad={() => saw('image', { event: 'load' })}
            onError={() => saw('image', { event: 'error' })}
          />
        </p>
      )}
      <p class="panel-verdict" role="status">
        {problem ?? verdict(visits.at(-1))}
      </p>
      {visits.length > 0 && <Table visits={visits} look={bench.look} />}
    </>
  );
}

function verdict(visit: Visit | undefined): string {
  if (visit === undefined) return 'Nobody has asked yet.';
  const what = visit.what === 'ws' ? 'the WebSocket' : 'the badge';
  return `${visit.door} asked for ${what}: ${outcomeOf(visit)}.`;
}

/** For the reader's own terminal. Its rows say TOOL. */
function CurlLine({ address }: { readonly address: string }) {
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const line = `curl -i ${address}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      setCopied(true);
    } catch {
      // Refused, or not there: the reader copies what is now selected.
      field.current?.select();
    }
  };
  return (
    <div class="panel-line">
      <div class="control">
        <label for="five-doors-curl">For a terminal of yours</label>
        <input id="five-doors-curl" ref={field} type="text" readOnly value={line} />
      </div>
      <button type="button" class="go" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}

function Table({
  visits,
  look,
}: {
  readonly visits: readonly Visit[];
  readonly look: (row: number) => void;
}) {
  const last = (door: string, what: Visit['what']) =>
    visits.findLast((visit) => visit.door === door && visit.what === what);
  const others = new Set(visits.map(({ door }) => door));
  for (const door of Doors) others.delete(door);
  return (
    <PanelTable class="doors-table" name="Doors" columns={['Client', 'The badge', 'The WebSocket']}>
      {[...Doors, ...others].map((door) => (
        <tr key={door}>
          <th scope="row">{door}</th>
          <Answer visit={last(door, 'badge')} look={look} />
          <Answer visit={last(door, 'ws')} look={look} />
        </tr>
      ))}
    </PanelTable>
  );
}

function Answer({
  visit,
  look,
}: {
  readonly visit: Visit | undefined;
  readonly look: (row: number) => void;
}) {
  if (visit === undefined) return <td>–</td>;
  return (
    <td>
      <button type="button" class="row-link" onClick={() => look(visit.row)}>
        {outcomeOf(visit)}
      </button>
    </td>
  );
}
