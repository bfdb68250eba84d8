import { formatMs } from '#controls/number-format.ts';
import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { PROBE_LENGTH } from './probe-length.ts';
import { pathOf, useProbe } from './use-probe.ts';
import { whatHappened, type Happened, type Hop } from './what-happened.ts';
import { sawInShort } from './words.ts';

const loadCases = async () => (await import('./Cases.tsx')).Cases;

/** One box on one path: the page's side beside the wire's and the box's own. */
export function OneBox({ bench, control }: PanelProps<(typeof demo)['parameters']>) {
  const { isRunning, start, stop } = useProbe(bench);
  const happened = whatHappened(bench.rows);
  const path = pathOf(bench.values);
  return (
    <>
      <div class="panel-pair">
        {control('box')}
        {control('behind')}
      </div>
      {control('transport')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || isRunning}
          onClick={start}
        >
          Start
        </button>
        <button type="button" disabled={!isRunning} onClick={stop}>
          Stop
        </button>
      </div>
      <Cells updates={happened?.updates ?? new Map()} isOver={happened?.isOver ?? false} />
      <p class="panel-verdict" role="status">
        {verdict(happened)}
      </p>
      {happened !== undefined && <TwoSides happened={happened} />}
      {(happened?.path ?? path) !== 'none' && (
        <Later load={loadCases} props={{ path: happened?.path ?? path }} />
      )}
    </>
  );
}

function verdict(happened: Happened | undefined): string {
  if (happened === undefined) return 'Press Start: the server begins to publish sixteen updates.';
  const { path, transport, updates, isOver } = happened;
  const through = path === 'none' ? 'with no box' : `through ${path}`;
  const failed = happened.events.find(({ data }) => data['name'] === 'error');
  if (failed) return `It failed: ${String(failed.data['reason'])}.`;
  return isOver
    ? `${updates.size} of ${PROBE_LENGTH} by ${transport}, ${through}.`
    : `${updates.size} of ${PROBE_LENGTH} so far, ${through} …`;
}

function Cells({ updates, isOver }: Pick<Happened, 'updates' | 'isOver'>) {
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

function TwoSides({ happened }: { readonly happened: Happened }) {
  const { hops, notes, events } = happened;
  const names = hops.map((_, hop) => (hop === 0 ? 'your browser' : `box ${hop}`));
  const saw = sawInShort(events);
  return (
    <>
      <div class="panel-answer">
        <span>Your script saw</span>
        <br />
        <output>{[...saw, `${happened.updates.size} updates`].join('; ')}</output>
      </div>
      <div
        class="panel-table hop-table"
        tabIndex={0}
        role="region"
        aria-label="What each hop carried"
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Asked by</th>
              {names.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <HopLine name="requests" hops={hops} show={(hop) => hop.requests} />
            <HopLine name="with Upgrade" hops={hops} show={(hop) => hop.withUpgrade} />
            <HopLine name="answers" hops={hops} show={(hop) => hop.statuses.join(', ') || 'none'} />
            <HopLine name="messages down" hops={hops} show={(hop) => hop.messages} />
            <HopLine name="events down" hops={hops} show={(hop) => hop.events} />
          </tbody>
        </table>
      </div>
      <div class="panel-answer is-box">
        <span>The box says</span>
        {notes.length === 0 && <p>nothing: it let everything pass</p>}
        <ul>
          {notes.map(({ text, times }) => (
            <li key={text}>{times > 1 ? `${times} × ${text}` : text}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

type LineProps = {
  readonly name: string;
  readonly hops: readonly Hop[];
  readonly show: (hop: Hop) => string | number;
};

function HopLine({ name, hops, show }: LineProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {hops.map((hop, index) => (
        <td key={index}>{show(hop)}</td>
      ))}
    </tr>
  );
}
