import { printWords as words } from '#words/print.ts';
import type { BenchModel } from './bench-model.ts';
import { rowWords } from './row-words.ts';

/** More would be a book. */
const MAX_PRINTED = 500;

/**
 * Puts the run's rows into the bench as a plain table while the page is printed: the views on the
 * screen draw only what is seen. Plain elements, because a browser prints what stands there when
 * `beforeprint` returns.
 *
 * @returns what ends it.
 */
export function watchPrint(model: BenchModel): () => void {
  let table: HTMLElement | undefined;
  const remove = () => table?.remove();
  const add = () => {
    remove();
    const { rows } = model.store;
    const bench = document.getElementById(model.id);
    if (rows.length === 0 || bench === null) return;
    table = handout(model);
    bench.append(table);
  };
  window.addEventListener('beforeprint', add);
  window.addEventListener('afterprint', remove);
  return () => {
    remove();
    window.removeEventListener('beforeprint', add);
    window.removeEventListener('afterprint', remove);
  };
}

function handout(model: BenchModel): HTMLElement {
  const { rows, byTime } = model.store;
  const table = document.createElement('table');
  table.className = 'bench-print';
  const origin = model.replay.value?.label;
  const caption = words.caption(model.demo.title, rows.length, origin);
  table.createCaption().textContent =
    rows.length > MAX_PRINTED ? `${caption} ${words.cut(MAX_PRINTED)}` : caption;
  const head = table.createTHead().insertRow();
  for (const name of words.columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of byTime.slice(0, MAX_PRINTED)) {
    const { title, detail } = rowWords(row);
    const line = body.insertRow();
    for (const text of [
      String(row.number),
      row.t.toFixed(1),
      row.sender ?? row.vantage,
      row.direction === undefined ? '' : words.ways[row.direction],
      `${title} ${detail}`,
      row.octets === undefined ? '' : String(row.octets.length),
    ]) {
      line.insertCell().textContent = text;
    }
  }
  return table;
}
