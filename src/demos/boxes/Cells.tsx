import { formatMs } from '#controls/number-format.ts';
import { PROBE_LENGTH } from './probe-length.ts';
import type { Happened } from './what-happened.ts';

/** A cell for each update: whether it came, and how late. */
export function Cells({ updates, isOver }: Pick<Happened, 'updates' | 'isOver'>) {
  return (
    <ol class="updates" aria-label="The sixteen updates">
      {Array.from({ length: PROBE_LENGTH }, (_, index) => {
        const afterMs = updates.get(index + 1);
        const isLost = afterMs === undefined && isOver;
        const text = afterMs === undefined ? (isLost ? '✕' : '·') : afterMs > 1000 ? 'late' : '✓';
        const said =
          afterMs === undefined ? (isLost ? 'did not come' : 'not yet') : formatMs(afterMs);
        return (
          <li
            key={index}
            class={
              isLost ? 'is-lost' : afterMs === undefined ? '' : afterMs > 1000 ? 'is-P' : 'is-W'
            }
            aria-label={`Update ${index + 1}: ${said}`}
          >
            <b>{index + 1}</b>
            <i>{text}</i>
          </li>
        );
      })}
    </ol>
  );
}
