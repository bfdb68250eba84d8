import { useEffect, useRef, useState } from 'preact/hooks';
import type { Point } from './client.ts';
import type { Board } from './use-board.ts';

type Props = {
  readonly user: string;
  readonly board: Board;
  readonly canDraw: boolean;
  readonly onDraw: (point: Point) => void;
  readonly onLift: () => void;
};

const [WIDTH, HEIGHT, STEP] = [100, 75, 3];
/** A circle in about a second. */
const [CIRCLE_POINTS, CIRCLE_EVERY_MS] = [30, 33];

/** A board to draw on with a pointer, with the arrow keys, or by one press. */
export function BoardView({ user, board, canDraw, onDraw, onLift }: Props) {
  const [pen, setPen] = useState<Point>([50, 37]);
  const [isDown, setDown] = useState(false);
  const [isCircling, setCircling] = useState(false);
  const circling = useRef<ReturnType<typeof setInterval>>();
  useEffect(() => () => clearInterval(circling.current), []);
  useEffect(() => {
    if (canDraw) return;
    clearInterval(circling.current);
    setCircling(false);
    setDown(false);
  }, [canDraw]);

  const move = (point: Point) => {
    setPen(point);
    onDraw(point);
  };
  const end = () => {
    setDown(false);
    onLift();
  };
  const keyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (!canDraw || (by === undefined && event.key !== ' ')) return;
    event.preventDefault();
    if (by !== undefined) {
      const next = within(pen[0] + by[0] * STEP, pen[1] + by[1] * STEP);
      setPen(next);
      if (isDown) onDraw(next);
    } else if (isDown) end();
    else {
      setDown(true);
      onDraw(pen);
    }
  };
  const circle = () => {
    let at = 0;
    setCircling(true);
    circling.current = setInterval(() => {
      const angle = (2 * Math.PI * at) / CIRCLE_POINTS;
      move(within(50 + 30 * Math.cos(angle), 37 + 30 * Math.sin(angle)));
      at += 1;
      if (at < CIRCLE_POINTS) return;
      clearInterval(circling.current);
      setCircling(false);
      end();
    }, CIRCLE_EVERY_MS);
  };
  return (
    <section class={`board ${isCircling ? 'is-circling' : ''}`} aria-label={`${user}’s board`}>
      <h3>{user}</h3>
      <div
        class="board-face"
        role="application"
        tabIndex={canDraw ? 0 : -1}
        aria-label={`${user}’s pen, ${isDown ? 'down' : 'up'}, ${board.size} strokes. Arrow keys move it, Space puts it down or lifts it.`}
        aria-disabled={!canDraw}
        onKeyDown={keyDown}
        onPointerDown={(event) => {
          if (!canDraw) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDown(true);
          move(pointOf(event));
        }}
        onPointerMove={(event) => {
          if (canDraw && event.currentTarget.hasPointerCapture(event.pointerId)) {
            move(pointOf(event));
          }
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          {[...board].map(([id, { points, isOver }]) => (
            <polyline
              key={id}
              class={`${id.startsWith(`${user}-`) ? 'is-own' : 'is-other'} ${isOver ? '' : 'is-growing'}`}
              points={points.map((point) => point.join(',')).join(' ')}
            />
          ))}
          {canDraw && <circle class={isDown ? 'is-down' : ''} cx={pen[0]} cy={pen[1]} r="2" />}
        </svg>
      </div>
      <button type="button" disabled={!canDraw || isCircling} onClick={circle}>
        Draw a circle<span class="visually-hidden"> ({user})</span>
      </button>
    </section>
  );
}

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function within(x: number, y: number): Point {
  const clamp = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)));
  return [clamp(x, WIDTH), clamp(y, HEIGHT)];
}

function pointOf(event: PointerEvent): Point {
  const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return within(
    ((event.clientX - left) / width) * WIDTH,
    ((event.clientY - top) / height) * HEIGHT,
  );
}
