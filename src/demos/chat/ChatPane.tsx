import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogLine, Pane } from './panes.ts';

type Props = {
  readonly pane: Pane;
  readonly isLive: boolean;
  /** Nobody comes back by itself here. */
  readonly mayConnect: boolean;
  readonly onSend: (text: string) => void;
  readonly onCutOff: () => void;
  readonly onConnect: () => void;
};

/** As the server takes it. */
const MAX_TEXT = 500;

/** One user's chat: what came, and a line to write. */
export function ChatPane({ pane, isLive, mayConnect, ...on }: Props) {
  const { user, state, isAway, log, problem } = pane;
  const [text, setText] = useState('');
  const canSend = isLive && state === 'open' && !isAway;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!canSend || text.trim() === '') return;
    on.onSend(text);
    setText('');
  };
  return (
    <section class="chat-pane" aria-label={`${user}’s chat`}>
      <h3>{user}</h3>
      <p class="panel-hint" role="status">
        {stateWords(pane, mayConnect)}
      </p>
      <ChatLog user={user} log={log} />
      <form onSubmit={send}>
        <input
          type="text"
          aria-label={`${user} says`}
          maxLength={MAX_TEXT}
          autocomplete="off"
          value={text}
          disabled={!canSend}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" disabled={!canSend}>
          Send<span class="visually-hidden"> as {user}</span>
        </button>
      </form>
      {problem !== undefined && <p class="panel-refused">{problem}</p>}
      {mayConnect && isLive && (state === 'lost' || state === 'closed') ? (
        <button type="button" disabled={isAway} onClick={on.onConnect}>
          Connect again<span class="visually-hidden"> ({user})</span>
        </button>
      ) : (
        <button type="button" disabled={!canSend} onClick={on.onCutOff}>
          Offline for 5 s<span class="visually-hidden"> ({user})</span>
        </button>
      )}
    </section>
  );
}

function stateWords({ state, isAway }: Pane, mayConnect: boolean): string {
  if (isAway) return 'offline';
  switch (state) {
    case 'never':
      return 'not connected';
    case 'open':
      return 'connected';
    case 'lost':
      return mayConnect ? 'connection lost' : 'lost: the browser tries again';
    case 'closed':
      return 'closed';
  }
}

function ChatLog({ user, log }: { readonly user: string; readonly log: readonly LogLine[] }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [log.length]);
  return (
    <div class="chat-log" role="log" ref={end} tabIndex={0} aria-label={`What ${user} has seen`}>
      {log.map((line, index) =>
        'missing' in line ? (
          <p key={index} class="is-missing">
            {line.missing === 1 ? '1 message' : `${line.missing} messages`} never came
          </p>
        ) : (
          <p key={index}>
            <b>{line.from}</b> <bdi>{line.text}</bdi>
          </p>
        ),
      )}
    </div>
  );
}
