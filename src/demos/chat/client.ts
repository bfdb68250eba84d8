import { hangUp } from '#demo/hang-up.ts';

/** One user's place in a room. */
export type Place = {
  /** Where the chat is; ends in `/`. */
  readonly address: string;
  readonly user: string;
  /** Key of a room that browsers share; empty: the run's own. */
  readonly room: string;
  readonly onMessage: (message: Message) => void;
  readonly onState: (state: 'open' | 'lost' | 'closed') => void;
};

/** A message in the room; `cleared` and `error` come instead of one. */
export type Message = {
  readonly id: number;
  readonly from: string;
  readonly text: string;
  readonly cleared?: boolean;
  readonly error?: string;
};

export type Chat = {
  readonly send: (text: string) => void | Promise<void>;
  readonly leave: () => void;
};

/** The chat over one connection that goes both ways. */
export function chatOverWebSocket(place: Place): Chat {
  const socket = new WebSocket(
    chatUrl({ ...place, address: place.address.replace(/^http/, 'ws') }, 'ws'),
  );
  socket.onopen = () => place.onState('open');
  socket.onmessage = ({ data }) => place.onMessage(JSON.parse(String(data)) as Message);
  // Whoever wants to come back has to write that, and to ask for what was missed.
  socket.onclose = ({ wasClean }) => place.onState(wasClean ? 'closed' : 'lost');
  return {
    send: (text) => socket.send(JSON.stringify({ text })),
    leave: () => hangUp(socket),
  };
}

/** The same chat: an answer without an end brings what is said, a request takes what you say. */
export function chatOverEvents(place: Place): Chat {
  const source = new EventSource(chatUrl(place, 'events'));
  source.onopen = () => place.onState('open');
  source.onmessage = ({ data }) => place.onMessage(JSON.parse(String(data)) as Message);
  // The browser comes back by itself, and says in Last-Event-ID what it had last.
  source.onerror = () =>
    place.onState(source.readyState === EventSource.CLOSED ? 'closed' : 'lost');
  return {
    send: (text) => request('POST', chatUrl(place, 'messages'), { text }),
    leave: () => {
      source.close();
      place.onState('closed');
    },
  };
}

/** Asks for something and reads the sentence of a refusal. */
export async function request(method: string, url: URL, content?: object): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = content === undefined ? {} : { headers, body: JSON.stringify(content) };
  const response = await fetch(url, { method, ...body });
  if (response.ok) return;
  throw new Error(((await response.json()) as { error: string }).error);
}

export function chatUrl(place: Pick<Place, 'address' | 'room' | 'user'>, path: string): URL {
  const url = new URL(path, place.address);
  url.searchParams.set('user', place.user);
  if (place.room !== '') url.searchParams.set('room', place.room);
  return url;
}
