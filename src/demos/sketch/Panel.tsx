import { useMemo } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { ShareLink } from '#controls/ShareLink.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { BoardView } from './BoardView.tsx';
import demo from './demo.ts';
import { strokesOf, type Stroke } from './strokes.ts';
import { useBoard } from './use-board.ts';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** As many strokes are compared. */
const STROKES_SHOWN = 6;

/** Two boards side by side that show the same, and what each stroke took. */
export default function Panel({ bench, control }: Props) {
  const board = useBoard(bench);
  const strokes = useMemo(() => strokesOf(bench.rows), [bench.rows, bench.rows.length]);
  const recorded = new Map(strokes.map(({ id, points }) => [id, { points, isOver: true }]));
  const isLive = bench.address !== undefined;
  const last = strokes[0];
  return (
    <>
      {control('by')}
      {control('delayMs')}
      <div class="panel-actions">
        <button type="button" class="go" disabled={!isLive || board.isWanted} onClick={board.open}>
          Open the board
        </button>
        <button type="button" disabled={!isLive || !board.isWanted} onClick={board.clear}>
          Wipe
        </button>
      </div>
      <div class="boards">
        {board.users.map((user) => (
          <BoardView
            key={user}
            user={user}
            board={bench.isReplay ? recorded : (board.boards.get(user) ?? new Map())}
            canDraw={isLive && board.isOpen(user)}
            onDraw={(point) => board.draw(user, point)}
            onLift={() => board.lift(user)}
          />
        ))}
      </div>
      <p class="panel-verdict" role="status">
        {verdict(last, board.isWanted)}
      </p>
      {strokes.length > 0 && <Comparison strokes={strokes.slice(0, STROKES_SHOWN)} />}
      <details class="panel-more" open={board.room !== ''}>
        <summary>Across two browsers</summary>
        <ShareLink
          demo="sketch"
          what="board"
          room={board.room}
          by={bench.values.by}
          isOff={!isLive || !board.isWanted}
          share={() => void board.share()}
        />
      </details>
      <Figures
        figures={[
          { value: last ? String(last.messages) : '–', label: 'messages' },
          {
            value: last ? String(Math.round((1000 * last.points.length) / last.ms)) : '–',
            label: 'points a second',
          },
          { value: last ? formatCount(perPoint(last)) : '–', label: 'bytes a point' },
        ]}
      />
    </>
  );
}

const labelOf = (by: string): string =>
  demo.parameters.by.choices.find(({ value }) => value === by)?.label ?? by;

const perPoint = ({ octets, points }: Stroke): number => octets / points.length;

function verdict(stroke: Stroke | undefined, isOpen: boolean): string {
  if (stroke === undefined) {
    return isOpen ? 'Draw on either board.' : 'Press Open the board, then draw on either side.';
  }
  return `${stroke.user}’s stroke: ${stroke.points.length} points in ${stroke.messages} messages.`;
}

function Comparison({ strokes }: { readonly strokes: readonly Stroke[] }) {
  return (
    <PanelTable
      class="stroke-table"
      name="What each stroke took"
      columns={['Draw by', 'Points', 'Messages', 'Bytes a point']}
    >
      {strokes.map((stroke) => (
        <tr key={stroke.id}>
          <th scope="row">
            {labelOf(stroke.by)}
            {stroke.delayMs > 0 && `, ${stroke.delayMs} ms`}
          </th>
          <td>{stroke.points.length}</td>
          <td>{stroke.messages}</td>
          <td>{formatCount(perPoint(stroke))}</td>
        </tr>
      ))}
    </PanelTable>
  );
}
