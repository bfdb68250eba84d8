import { PanelTable } from '#controls/PanelTable.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { Cells } from './Cells.tsx';
import { PROBE_LENGTH } from './probe-length.ts';
import { whatHappened, type Happened, type Hop } from './what-happened.ts';
import { sawInShort } from './words.ts';

/** What came of a probe: the page's side beside the wire's and the box's own. */
export function Outcome({
  bench: { rows },
}: {
  readonly bench: Pick<PanelProps['bench'], 'rows'>;
}) {
  const happened = whatHappened(rows);
  return (
    <>
      <Cells updates={happened?.updates ?? new Map()} isOver={happened?.isOver ?? false} />
      <p class="panel-verdict" role="status">
        {verdict(happened)}
      </p>
      {happened !== undefined && <TwoSides happened={happened} />}
    </>
  );
}

function verdict(happened: Happened | undefined): string {
  if (happened === undefined) return 'Press Start: the server begins to publish sixteen updates.';
  const { path, transport, updates, isOver, isStopped } = happened;
  const through = path === 'none' ? 'with no box' : `through ${path}`;
  const failed = happened.events.find(({ data }) => data['name'] === 'error');
  if (failed) return `It failed: ${String(failed.data['reason'])}.`;
  const count = `${updates.size} of ${PROBE_LENGTH}`;
  if (isOver) return `${count} by ${transport}, ${through}.`;
  return isStopped ? `Stopped after ${count}, ${through}.` : `${count} so far, ${through} …`;
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
      <PanelTable class="hop-table" name="What each hop carried" columns={['Asked by', ...names]}>
        <HopLine name="requests" hops={hops} show={(hop) => hop.requests} />
        <HopLine name="with Upgrade" hops={hops} show={(hop) => hop.withUpgrade} />
        <HopLine name="answers" hops={hops} show={(hop) => hop.statuses.join(', ') || 'none'} />
        <HopLine name="messages down" hops={hops} show={(hop) => hop.messages} />
        <HopLine name="events down" hops={hops} show={(hop) => hop.events} />
      </PanelTable>
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
