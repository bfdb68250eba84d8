import { useEffect, useRef, useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';
import { askForClose, askForPing, fillUp, openEcho, sendMessage } from './client.ts';
import type demo from './demo.ts';
import { lastMessages, type LastMessages } from './last-messages.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** What a user of an echo sees: something to say, and what came back. */
export default function Panel({ bench, control }: Props) {
  const echo = useEcho(bench);
  const ready = bench.address !== undefined;
  const last = useRef<LastMessages>({ row: 0 });
  last.current = lastMessages(bench.rows, last.current);
  const frames = last.current;
  return (
    <>
      <form
        class="panel-form"
        onSubmit={(event) => {
          event.preventDefault();
          echo.send();
        }}
      >
        <div class="panel-line">
          {control('message')}
          <button type="submit" class="go" disabled={!ready}>
            Send
          </button>
        </div>
        <div class="panel-pair">
          {control('as')}
          {control('size')}
        </div>
        {control('echo')}
      </form>
      <p class="panel-answer">
        <span>Came back</span>{' '}
        <output>{echo.answer ?? recordedAnswer(bench) ?? 'nothing yet'}</output>
      </p>
      <div class="panel-actions">
        <button type="button" disabled={!ready || echo.isOpen} onClick={echo.connect}>
          Connect
        </button>
        <button type="button" disabled={!echo.isOpen} onClick={echo.ping}>
          Ping from the server
        </button>
        <button type="button" disabled={!echo.isOpen} onClick={echo.close}>
          Close
        </button>
      </div>
      <details class="panel-more">
        <summary>How it ends</summary>
        <div class="panel-pair">
          {control('code')}
          {control('reason')}
        </div>
        {control('closer')}
      </details>
      {echo.refused !== undefined && (
        <p class="panel-refused" role="alert">
          {echo.refused}
        </p>
      )}
      <Figures
        figures={[
          { value: frames.up === undefined ? '–' : formatCount(frames.up), label: 'bytes up' },
          {
            value: frames.down === undefined ? '–' : formatCount(frames.down),
            label: 'bytes down',
          },
          {
            value: echo.roundTripMs === undefined ? '–' : formatMs(echo.roundTripMs),
            label: 'round trip',
          },
        ]}
      />
    </>
  );
}

/** The panel's hold on its one connection. */
function useEcho({ address, values, saw: report }: Props['bench']) {
  const socket = useRef<WebSocket>();
  const sentAt = useRef(0);
  const [state, setState] = useState<number>(3);
  const [answer, setAnswer] = useState<string>();
  const [roundTripMs, setRoundTrip] = useState<number>();
  const [refused, setRefused] = useState<string>();

  const saw: Saw = (name, data) => {
    if (name === 'send') sentAt.current = performance.now();
    if (name === 'message') setRoundTrip(performance.now() - sentAt.current);
    report(name, data);
  };
  const connect = (): WebSocket | undefined => {
    if (address === undefined) return undefined;
    const opened = openEcho(address, values.echo, saw);
    socket.current = opened;
    const changed = () => {
      if (socket.current === opened) setState(opened.readyState);
    };
    opened.addEventListener('open', changed);
    opened.addEventListener('close', changed);
    opened.addEventListener('message', ({ data }) => {
      setAnswer(shown(data));
    });
    changed();
    return opened;
  };
  const trying = (act: () => void) => {
    setRefused(undefined);
    try {
      act();
    } catch (error) {
      setRefused(`The browser refuses: ${(error as Error).message}`);
    }
  };

  useEffect(
    () => () => {
      if (socket.current) hangUp(socket.current);
    },
    [address],
  );
  useEffect(() => {
    if (socket.current === undefined || socket.current.readyState > WebSocket.OPEN) return;
    hangUp(socket.current);
    connect();
  }, [values.echo]);

  return {
    answer,
    roundTripMs,
    refused,
    isOpen: state === 1,
    connect: () => void connect(),
    send: () => {
      const open = state < 2 ? socket.current : connect();
      const send = () => {
        // What is left while it is opened has nothing to say any more.
        if (open && socket.current === open)
          trying(() => sendMessage(open, fillUp(values.message, values.size), values.as, saw));
      };
      if (open?.readyState === WebSocket.OPEN) send();
      else open?.addEventListener('open', send, { once: true });
    },
    ping: () => void askForPing(address ?? ''),
    close: () => {
      trying(() => {
        if (values.closer === 'server') void askForClose(address ?? '', values.code, values.reason);
        else socket.current?.close(values.code, values.reason);
      });
    },
  };
}

/** What had come back when a recorded run was saved. */
function recordedAnswer({ isReplay, rows }: Props['bench']): string | undefined {
  if (!isReplay) return undefined;
  const row = rows.findLast(({ kind, data }) => kind === 'app' && data['name'] === 'message');
  if (row === undefined) return undefined;
  const { text, length } = row.data;
  return shown(typeof text === 'string' ? text : { byteLength: Number(length) });
}

function shown(data: unknown): string {
  if (typeof data !== 'string')
    return `${formatCount((data as ArrayBuffer).byteLength)} bytes, binary`;
  if (data === '') return 'an empty message';
  return data.length > 60 ? `“${data.slice(0, 60)}…”` : `“${data}”`;
}
