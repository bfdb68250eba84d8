import { ShareLink } from '#controls/ShareLink.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { ChatPane } from './ChatPane.tsx';
import type demo from './demo.ts';
import { openedChat } from './panes.ts';
import { useChat } from './use-chat.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Two people side by side in one room, and the way to share it with another browser. */
export default function Panel({ bench, control }: Props) {
  const chat = useChat(bench);
  const { address, rows, values } = bench;
  const opened = openedChat(rows);
  const isLive = address !== undefined && chat.isOpen;
  return (
    <>
      {control('by')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={address === undefined || chat.isOpen}
          onClick={chat.open}
        >
          Open the chat
        </button>
        <button type="button" disabled={!isLive} onClick={chat.clear}>
          Clear
        </button>
      </div>
      {opened === undefined ? (
        <p class="panel-verdict">
          {chat.users.join(' and ')} are not here yet. Press Open the chat.
        </p>
      ) : (
        <div class="chat-panes">
          {opened.panes.map((pane) => (
            <ChatPane
              key={pane.user}
              pane={pane}
              isLive={isLive}
              mayConnect={opened.by === 'websocket'}
              onSend={(text) => chat.send(pane.user, text)}
              onCutOff={() => chat.cutOff(pane.user)}
              onConnect={() => chat.connect(pane.user)}
            />
          ))}
        </div>
      )}
      <details class="panel-more" open={chat.room !== ''}>
        <summary>Across two browsers</summary>
        <ShareLink
          demo="chat"
          what="room"
          room={chat.room}
          by={values.by}
          isOff={!isLive}
          share={chat.share}
        />
        <p class="panel-hint">
          Whoever has its link can read and write in a shared room. Messages are plain text and
          forgotten after 10 minutes, or with Clear.
        </p>
      </details>
    </>
  );
}
