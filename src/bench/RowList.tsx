import { useEffect, useState } from 'preact/hooks';
import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { listWords } from '#words/list.ts';
import type { BenchModel } from './bench-model.ts';
import { focusWhenDrawn, useKeptFocus } from './kept-focus.ts';
import { isGrowing } from './is-growing.ts';
import { ListFilter } from './ListFilter.tsx';
import { useListedRows } from './listed-rows.ts';
import type { RowFilter } from './row-filter.ts';
import { moveChoice } from './row-keys.ts';
import { rowWords } from './row-words.ts';
import { useScrollWindow } from './scroll-window.ts';

/** Height in CSS pixels of a row, and of the head above them; the style sheet says the same. */
const ROW_HEIGHT = 30;
/** So many more are drawn on either side than are in sight. */
const MARGIN_ROWS = 5;

const columns = ['Row', 'ms', 'Seen', 'Sender', 'Conn.', 'Way', 'Kind', 'Bytes', 'What'] as const;

/** All rows as a table. Only what is in sight is in the document; the counts are of all. */
export function RowList({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const [filter, setFilter] = useState<RowFilter>({});
  const listed = useListedRows(model, filter);
  const view = useScrollWindow((listed.length + 1) * ROW_HEIGHT, isGrowing(model));
  const selected = model.selected.value;
  const inSight = Math.floor(view.from / ROW_HEIGHT);
  const first = Math.max(0, inSight - MARGIN_ROWS);
  const last = Math.min(listed.length, Math.ceil(view.to / ROW_HEIGHT) + MARGIN_ROWS);
  const rows: Row[] = [];
  for (let index = first; index < last; index++) {
    const row = model.store.row(listed.numberAt(index));
    if (row !== undefined) rows.push(row);
  }
  const top = first * ROW_HEIGHT + view.shift;
  const hasSelected = rows.some(({ number }) => number === selected);
  useKeptFocus(view.ref);

  useEffect(() => {
    const at = listed.indexOf(model.chosen.value);
    const scroller = view.ref.current;
    if (at < 0 || scroller === null) return;
    // The head stays in sight above the rows, and covers one of them.
    view.reveal(at * ROW_HEIGHT, ROW_HEIGHT, ROW_HEIGHT);
    focusWhenDrawn(scroller, 'tr[aria-selected="true"]');
  }, [model.chosen.value, filter]);

  return (
    <div class="list-view">
      <ListFilter filter={filter} setFilter={setFilter} listed={listed} model={model} />
      <div
        class="list-scroll"
        ref={view.ref}
        onScroll={view.onScroll}
        onKeyDown={(event) => void moveChoice(event, model, listed)}
        tabIndex={-1}
      >
        <table
          role="grid"
          class="list"
          aria-label={listWords.name}
          aria-rowcount={listed.length + 1}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  class={`col-${column.replace('.', '').toLowerCase()}`}
                  aria-sort={column === 'ms' ? 'ascending' : undefined}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={top} />
            {rows.map((row, index) => (
              <ListRow
                key={row.number}
                row={row}
                index={first + index + 2}
                isSelected={row.number === selected}
                isEntrance={hasSelected ? row.number === selected : first + index === inSight}
                onChoose={() => (model.chosen.value = row.number)}
              />
            ))}
            <Spacer height={view.extent - top - (rows.length + 1) * ROW_HEIGHT} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? <tr role="presentation" style={{ height }} /> : null;
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
      class={`tone-${tone} ${row.kind === 'dropped' ? 'is-gap' : ''}`}
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
