import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import {
  boardUrl,
  penOverPosts,
  penOverWebSocket,
  type Pen,
  type Piece,
  type Point,
} from './client.ts';
import type demo from './demo.ts';
import { serializePath } from './strokes.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** What one user's board shows: own and others' strokes by name. */
export type Board = ReadonlyMap<string, Drawn>;

export type Drawn = { readonly points: readonly Point[]; readonly isOver: boolean };

type Drawing = { readonly id: string; readonly beganAt: number; readonly points: Point[] };

/** A browser that came by a link brings two more pens. */
const usersOf = (isGuest: boolean): readonly string[] =>
  isGuest ? ['Cleo', 'Dan'] : ['Ada', 'Ben'];

/** Two pens on one board; each has its own connection, as in two browsers. */
export function useBoard({ address, values, saw, now }: Bench) {
  const pens = useRef(new Map<string, Pen>());
  const drawing = useRef(new Map<string, Drawing>());
  const count = useRef(0);
  const [boards, setBoards] = useState<ReadonlyMap<string, Board>>(new Map());
  const [open, setOpen] = useState<readonly string[]>([]);
  const [isWanted, setWanted] = useState(false);
  const [ownRoom, setOwnRoom] = useState('');
  const room = ownRoom || values.room;
  const users = usersOf(ownRoom === '' && values.room !== '');
  const { by, delayMs } = values;

  const add = (user: string, stroke: string, points: readonly Point[], isOver: boolean) =>
    setBoards((before) => {
      const board = new Map(before.get(user));
      board.set(stroke, { points: [...(board.get(stroke)?.points ?? []), ...points], isOver });
      return new Map(before).set(user, board);
    });
  const onPiece = (user: string, piece: Piece) => {
    if (piece.cleared === true) setBoards(new Map());
    else add(user, piece.stroke, piece.points, piece.end);
    if (piece.end) saw('shown', { user, id: piece.stroke });
  };
  const leaveAll = () => {
    const left = [...pens.current.values()];
    pens.current.clear();
    for (const pen of left) pen.leave();
    drawing.current.clear();
    setOpen([]);
  };
  const openAll = () => {
    leaveAll();
    if (address === undefined) return;
    const penOver = by === 'websocket' ? penOverWebSocket : penOverPosts;
    const way = delayMs > 0 ? `via/slow;delayMs=${delayMs}/` : '';
    for (const user of users) {
      const pen: Pen = penOver({
        address: new URL(way, address).href,
        user,
        room,
        onPiece: (piece) => {
          if (pens.current.get(user) === pen) onPiece(user, piece);
        },
        onState: (state) => {
          if (pens.current.get(user) !== pen) return;
          saw(state, { user });
          setOpen((before) => [
            ...before.filter((other) => other !== user),
            ...(state === 'open' ? [user] : []),
          ]);
        },
      });
      pens.current.set(user, pen);
    }
  };

  useEffect(() => leaveAll, [address]);
  useEffect(() => {
    if (isWanted) openAll();
  }, [by, delayMs, room]);

  const draw = (user: string, point: Point) => {
    const stroke = drawing.current.get(user) ?? {
      id: `${user}-${(count.current += 1)}`,
      beganAt: now(),
      points: [],
    };
    drawing.current.set(user, stroke);
    const [x, y] = stroke.points.at(-1) ?? [];
    if (x === point[0] && y === point[1]) return;
    stroke.points.push(point);
    add(user, stroke.id, [point], false);
    pens.current.get(user)?.draw(stroke.id, point);
  };
  const lift = async (user: string) => {
    const stroke = drawing.current.get(user);
    drawing.current.delete(user);
    if (stroke === undefined) return;
    const { id, points, beganAt } = stroke;
    const ms = Math.round(now() - beganAt);
    add(user, id, [], true);
    try {
      const messages = (await pens.current.get(user)?.lift(id)) ?? 0;
      const pointsPerMessage = Math.round((10 * points.length) / messages) / 10;
      const path = serializePath(points);
      const sizes = { points: points.length, messages, pointsPerMessage };
      saw('stroke', { id, user, by, delayMs, ms, ...sizes, path });
    } catch (error) {
      saw('error', { reason: (error as Error).message });
    }
  };
  const ask = async (method: string, path: string): Promise<Response> => {
    const url = boardUrl({ address: address ?? '', room, user: users[0] ?? '' }, path);
    return fetch(url, { method });
  };
  return {
    users,
    boards,
    room,
    isWanted,
    isOpen: (user: string) => open.includes(user),
    open: () => {
      setWanted(true);
      openAll();
    },
    draw,
    lift: (user: string) => void lift(user),
    clear: () => {
      setBoards(new Map());
      ask('DELETE', 'strokes').catch(() => undefined);
    },
    share: async () => {
      const response = await ask('POST', 'rooms');
      if (response.ok) setOwnRoom(((await response.json()) as { room: string }).room);
    },
  };
}
