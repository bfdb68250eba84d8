import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import {
  chatOverEvents,
  chatOverWebSocket,
  chatUrl,
  request,
  type Chat,
  type Message,
} from './client.ts';
import type demo from './demo.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** Both users of this page. Who came by another's link brings two more. */
const usersOf = (isGuest: boolean): readonly string[] =>
  isGuest ? ['Cleo', 'Dan'] : ['Ada', 'Ben'];

/** Two users' connections; what their scripts see becomes rows, and the panel draws those. */
export function useChat({ address, values, saw }: Bench) {
  const chats = useRef(new Map<string, Chat>());
  const [isOpen, setOpen] = useState(false);
  const [ownRoom, setOwnRoom] = useState('');
  const room = ownRoom || values.room;
  const users = usersOf(ownRoom === '' && values.room !== '');

  const connect = (user: string) => {
    if (address === undefined) return;
    const open = values.by === 'websocket' ? chatOverWebSocket : chatOverEvents;
    const chat = open({
      address,
      user,
      room,
      onMessage: (message) => {
        if (chats.current.get(user) === chat) saw(...seen(user, message));
      },
      onState: (state) => {
        if (chats.current.get(user) === chat) saw(state, { user });
      },
    });
    chats.current.set(user, chat);
  };
  const leaveAll = () => {
    const left = [...chats.current.values()];
    chats.current.clear();
    for (const chat of left) chat.leave();
  };
  const openAll = () => {
    leaveAll();
    saw('chat', { by: values.by, users: users.join(', ') });
    users.forEach(connect);
  };
  const attempt = async (user: string, act: () => void | Promise<void>) => {
    try {
      await act();
      saw('sent', { user });
    } catch (error) {
      saw('refused', { user, reason: (error as Error).message });
    }
  };

  useEffect(() => leaveAll, [address]);
  useEffect(() => {
    if (isOpen) openAll();
  }, [values.by, room]);

  return {
    isOpen,
    users,
    room,
    open: () => {
      setOpen(true);
      openAll();
    },
    connect,
    send: (user: string, text: string) =>
      void attempt(user, () => chats.current.get(user)?.send(text)),
    cutOff: (user: string) =>
      void attempt(user, () =>
        request('POST', chatUrl({ address: address ?? '', room, user }, 'absence'), {}),
      ),
    clear: () =>
      void attempt(users[0] ?? '', () =>
        request(
          'DELETE',
          chatUrl({ address: address ?? '', room, user: users[0] ?? '' }, 'messages'),
        ),
      ),
    share: () =>
      void attempt(users[0] ?? '', async () => {
        const response = await fetch(new URL('rooms', address), { method: 'POST' });
        const { room: key } = (await response.json()) as { room: string };
        setOwnRoom(key);
      }),
  };
}

function seen(user: string, message: Message): [string, Record<string, unknown>] {
  const { id, from, text, cleared, error } = message;
  if (cleared === true) return ['cleared', { user }];
  if (error !== undefined) return ['refused', { user, reason: error }];
  return ['received', { user, id: String(id), from, text }];
}
