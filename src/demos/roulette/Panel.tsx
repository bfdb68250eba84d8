import { useEffect, useRef, useState } from 'preact/hooks';
import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { askAround, beginRound, post, type Round } from './client.ts';
import type demo from './demo.ts';
import { countOf, serversOf, type Count, type Server } from './servers.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** As its button says. */
const REQUESTS = 12;

/** A fleet to start, to enlarge and to end piece by piece, and who is where in it. */
export default function Panel({ bench, control }: Props) {
  const { address, rows, saw, values } = bench;
  const [round, setRound] = useState<Round>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const resend = useRef(values.resend);
  resend.current = values.resend;
  const running = useRef<AbortController>();
  const asked = useRef(0);
  const servers = serversOf(rows);
  const isUp = (name: string) =>
    servers.some((server) => server.name === name && server.state === 'up');

  const act = async (what: (at: string) => Promise<void>) => {
    if (address === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await what(address);
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  // A new run has no servers yet, and a panel that goes leaves no WebSocket behind, nor one to come.
  useEffect(
    () => () => {
      running.current?.abort();
      setRound(undefined);
    },
    [address],
  );
  const finish = async () => {
    await round?.count();
    setRound(undefined);
  };
  const start = async (at: string) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    setRound(undefined);
    setRound(await beginRound(at, values, () => resend.current, saw, signal));
  };
  const ask = (at: string) => {
    asked.current += 1;
    return askAround(at, REQUESTS, asked.current);
  };
  const end = (name: string) => (at: string) =>
    post(at, `servers/${name}`, { how: values.how, rule: values.rule });
  const isOff = address === undefined || isBusy;
  return (
    <>
      <div class="panel-line">
        {control('clients')}
        <button type="button" class="go" disabled={isOff} onClick={() => void act(start)}>
          Start
        </button>
      </div>
      {control('rule')}
      <div class="panel-actions">
        <button type="button" disabled={isOff || round === undefined} onClick={() => void act(ask)}>
          Send 12 requests
        </button>
        <button
          type="button"
          disabled={isOff || round === undefined || ['A', 'B', 'C', 'D'].every(isUp)}
          onClick={() => void act((at) => post(at, 'scale', { rule: values.rule }))}
        >
          Scale to 4
        </button>
      </div>
      {control('how')}
      {control('resend')}
      <div class="panel-actions">
        {(
          [
            ['A', 'End A'],
            ['B', 'End B'],
          ] as const
        ).map(([name, words]) => (
          <button
            key={name}
            type="button"
            disabled={isOff || round === undefined || !isUp(name)}
            onClick={() => void act(end(name))}
          >
            {words}
          </button>
        ))}
        <button
          type="button"
          class="go"
          disabled={isOff || round === undefined}
          onClick={() => void act(finish)}
        >
          Count
        </button>
      </div>
      <p class="panel-verdict" role="status">
        {problem ?? verdict(servers, countOf(rows), round !== undefined, isBusy)}
      </p>
      {servers.length > 0 && <Table servers={servers} />}
    </>
  );
}

function verdict(
  servers: readonly Server[],
  count: Count | undefined,
  isOn: boolean,
  isBusy: boolean,
): string {
  if (count !== undefined) {
    const { sent, missing, sockets, onNew } = count;
    const lost =
      missing === 0 ? 'None was lost' : `${missing} ${missing === 1 ? 'was' : 'were'} lost`;
    return `${sent} messages sent. ${lost}. ${onNew} % of ${sockets} WebSockets are at new servers.`;
  }
  if (isBusy) return 'A moment …';
  if (!isOn) return 'Press Start: two server processes, and WebSockets to them.';
  const sockets = servers.reduce((sum, { clients }) => sum + clients.length, 0);
  const idle = servers.filter(({ state, clients }) => state === 'up' && clients.length === 0);
  const names = idle.map(({ name }) => name).join(' and ');
  const left = servers.filter(({ state }) => state !== 'gone').length;
  return `${sockets} WebSockets at ${left} servers${idle.length > 0 ? `; ${names} without any` : ''}.`;
}

function Table({ servers }: { readonly servers: readonly Server[] }) {
  return (
    <PanelTable name="Servers" columns={['Server', 'Process', 'Requests', 'WebSockets of clients']}>
      {servers.map(({ name, process, state, requests, clients }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{state === 'up' ? process : state}</td>
          <td>{requests}</td>
          <td>{clients.length === 0 ? 'none' : `${clients.length}: ${clients.join(' ')}`}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
