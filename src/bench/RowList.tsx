import { useEffect } from 'preact/hooks';
import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import type { BenchModel } from './bench-model.ts';
import { moveChoice } from './row-keys.ts';
import { rowWords } from './row-words.ts';
import { useScrollWindow } from './scroll-window.ts';

/** One row's height in CSS pixels; the style sheet says the same. */
const ROW_HEIGHT = 30;

const columns = ['Row', 'ms', 'Seen', 'Sender', 'Conn.', 'Way', 'Kind', 'Bytes', 'What'] as const;

/** All rows as a table. Only what is in sight is in the document; the counts are of all. */
export function RowList({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const rows = model.store.byTime;
  const view = useScrollWindow(rows.length * ROW_HEIGHT, model.replay.value === undefined);
  const selected = model.selected.value;
  const first = Math.max(0, Math.floor(view.from / ROW_HEIGHT) - 5);
  const last = Math.min(rows.length, Math.ceil(view.to / ROW_HEIGHT) + 5);

  useEffect(() => {
    const at = rows.findIndex(({ number }) => number === model.chosen.value);
    const scroller = view.ref.current;
    if (at < 0 || scroller === null) return;
    const top = at * ROW_HEIGHT;
    // The head stays in sight above the rows, and covers one of them.
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    const end = scroller.scrollTop + scroller.clientHeight - 2 * ROW_HEIGHT;
    if (top > end) scroller.scrollTop += top - end;
    if (!scroller.contains(document.activeElement)) return;
    requestAnimationFrame(() => {
      scroller.querySelector<HTMLElement>('tr[aria-selected="true"]')?.focus();
    });
  }, [model.chosen.value]);

  return (
    <div class="list-scroll" ref={view.ref} onScroll={view.onScroll} tabIndex={-1}>
      <table
        role="grid"
        class="list"
        aria-label="All rows"
        aria-rowcount={rows.length + 1}
        onKeyDown={(event) => void moveChoice(event, model, rows)}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col" class={`col-${column.replace('.', '').toLowerCase()}`}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer rows={first} />
          {rows.slice(first, last).map((row, index) => (
            <ListRow
              key={row.number}
              row={row}
              index={first + index + 2}
              isSelected={row.number === selected}
              isEntrance={row.number === selected || (selected === undefined && index === 0)}
              onChoose={() => (model.chosen.value = row.number)}
            />
          ))}
          <Spacer rows={rows.length - last} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ rows }: { readonly rows: number }) {
  return rows > 0 ? <tr role="presentation" style={{ height: rows * ROW_HEIGHT }} /> : null;
}

type ListRowProps = {
  readonly row: Row;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isEntrance: boolean;
  readonly onChoose: () => void;
};

function ListRow({ row, index, isSelected, isEntrance, onChoose }: ListRowProps) {
  const { title, detail, tone } = rowWords(row);
  return (
    <tr
      class={`tone-${tone}`}
      aria-rowindex={index}
      aria-selected={isSelected}
      tabIndex={isEntrance ? 0 : -1}
      onClick={onChoose}
      onFocus={onChoose}
    >
      <td class="col-row">{row.number}</td>
      <td class="col-ms">{row.t.toFixed(1)}</td>
      <td class="col-seen">{row.vantage}</td>
      <td class="col-sender">{row.sender ?? ''}</td>
      <td class="col-conn">{row.connection ?? ''}</td>
      <td class="col-way">
        {row.direction === undefined ? '' : row.direction === 'up' ? '↑ up' : '↓ down'}
      </td>
      <td class="col-kind">{row.kind}</td>
      <td class="col-bytes">{row.octets === undefined ? '' : formatCount(row.octets.length)}</td>
      <td class="col-what">
        <b>{title}</b> {detail}
      </td>
    </tr>
  );
}
