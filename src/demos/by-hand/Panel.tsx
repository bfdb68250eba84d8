import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { answer, connect, setCookie } from './client.ts';
import type demo from './demo.ts';
import { HeadPair } from './HeadPair.tsx';
import { progressOf, workOut, type Progress } from './steps.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Four steps: ask, read the key, work out the value, answer. */
export default function Panel({ bench, control }: Props) {
  const [text, setText] = useState('');
  const [accept, setAccept] = useState('');
  const [problem, setProblem] = useState<string>();
  const letGo = useRef<() => void>();
  useEffect(() => () => letGo.current?.(), []);
  const { address, values, rows, saw } = bench;
  const progress = progressOf(rows);
  const worked = workOut(text);

  const begin = async (at: string) => {
    letGo.current?.();
    setProblem(undefined);
    try {
      if (values.cookie) await setCookie(at);
      letGo.current = connect(at, saw);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const send = async (at: string) => {
    setProblem(undefined);
    try {
      await answer(at, Number(values.status), accept.trim());
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      {control('cookie')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined}
          onClick={() => address !== undefined && void begin(address)}
        >
          Connect
        </button>
      </div>
      <p class="panel-answer">
        <span>The browser’s key</span> <output>{progress.key ?? 'press Connect'}</output>
      </p>
      <div class="control">
        <label for="by-hand-text">Text to hash</label>
        <input
          id="by-hand-text"
          type="text"
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <dl class="by-hand-steps">
        <dt>SHA-1 of it, 20 bytes</dt>
        <dd>{worked?.digest ?? 'Only ASCII characters, please.'}</dd>
        <dt>The same in base64</dt>
        <dd>{worked?.base64 ?? '–'}</dd>
      </dl>
      <div class="control">
        <label for="by-hand-accept">Sec-WebSocket-Accept</label>
        <input
          id="by-hand-accept"
          type="text"
          maxLength={60}
          autocomplete="off"
          spellcheck={false}
          value={accept}
          onInput={({ currentTarget }) => setAccept(currentTarget.value)}
        />
      </div>
      {control('status')}
      <button
        type="button"
        class="go"
        disabled={address === undefined || progress.state !== 'connecting'}
        onClick={() => address !== undefined && void send(address)}
      >
        Answer
      </button>
      <p class="panel-verdict" role="status">
        {problem ?? sentences[progress.state]}
      </p>
      <HeadPair rows={rows} hasSwitched={['open', 'closed'].includes(progress.state)} />
    </>
  );
}

const sentences: Readonly<Record<Progress['state'], string>> = {
  none: 'Press Connect: your browser asks for a WebSocket.',
  connecting: 'CONNECTING: the server waits for your value, and the browser for the server.',
  open: 'OPEN: your browser has accepted your value.',
  refused: 'CLOSED, 1006: your browser has refused the answer.',
  closed: 'CLOSED. It was open before.',
};
