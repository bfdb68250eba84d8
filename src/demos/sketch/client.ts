import { hangUp } from '#demo/hang-up.ts';

/** `[x, y]` on a board of 100 by 75. */
export type Point = readonly [x: number, y: number];

export type Piece = {
  readonly from: string;
  readonly stroke: string;
  readonly points: readonly Point[];
  readonly end: boolean;
  readonly cleared?: boolean;
};

/** One pen on the board. */
export type Place = {
  /** Where the board is, boxes included; ends in `/`. */
  readonly address: string;
  readonly user: string;
  /** Key of a room that browsers share; empty: the run's own. */
  readonly room: string;
  /** What another pen has drawn. */
  readonly onPiece: (piece: Piece) => void;
  readonly onState: (state: 'open' | 'closed') => void;
};

export type Pen = {
  readonly draw: (stroke: string, point: Point) => void;
  /** Resolves with the number of messages or requests that the stroke took. */
  readonly lift: (stroke: string) => Promise<number>;
  readonly leave: () => void;
};

/** A message for each point, and others' points on the same connection. */
export function penOverWebSocket(place: Place): Pen {
  const socket = new WebSocket(
    boardUrl({ ...place, address: place.address.replace(/^http/, 'ws') }, 'ws'),
  );
  let messages = 0;
  const send = (piece: object) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify(piece));
    messages += 1;
  };
  socket.onopen = () => place.onState('open');
  socket.onclose = () => place.onState('closed');
  socket.onmessage = ({ data }) => place.onPiece(JSON.parse(String(data)) as Piece);
  return {
    draw: (stroke, point) => send({ stroke, points: [point] }),
    lift: (stroke) => {
      send({ stroke, points: [], end: true });
      const count = messages;
      messages = 0;
      return Promise.resolve(count);
    },
    leave: () => hangUp(socket),
  };
}

/** What one request takes along. */
type Load = { readonly stroke: string; readonly points: Point[]; readonly end: boolean };

/**
 * Others' points by an event stream, and our own by requests. Requests on different connections may
 * overtake each other, so that there is one at a time; the next takes along what has come meanwhile
 * of its stroke.
 */
export function penOverPosts(place: Place): Pen {
  const source = new EventSource(boardUrl(place, 'events'));
  let posted = Promise.resolve();
  /** The last in the queue, while it may still take points along. */
  let waiting: Load | undefined;
  let requests = 0;
  const post = async (load: Load) => {
    if (waiting === load) waiting = undefined;
    const url = boardUrl(place, 'strokes');
    url.searchParams.set('stroke', load.stroke);
    await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(load),
    });
  };
  const queue = (load: Load): Promise<void> => {
    requests += 1;
    waiting = load;
    // A post that failed was told to who queued it, and holds up no other.
    posted = posted.catch(() => undefined).then(() => post(load));
    return posted;
  };
  source.onopen = () => place.onState('open');
  source.onerror = () => place.onState('closed');
  source.onmessage = ({ data }) => place.onPiece(JSON.parse(String(data)) as Piece);
  return {
    draw: (stroke, point) => {
      if (waiting?.stroke === stroke) waiting.points.push(point);
      else queue({ stroke, points: [point], end: false }).catch(() => place.onState('closed'));
    },
    lift: async (stroke) => {
      const ended = queue({ stroke, points: [], end: true });
      const count = requests;
      requests = 0;
      await ended;
      return count;
    },
    leave: () => source.close(),
  };
}

export function boardUrl(place: Pick<Place, 'address' | 'room' | 'user'>, path: string): URL {
  const url = new URL(path, place.address);
  url.searchParams.set('user', place.user);
  if (place.room !== '') url.searchParams.set('room', place.room);
  return url;
}
