import { ledgerOf, type LedgerColumn } from '#capture/ledger.ts';
import { formatCount } from '#controls/number-format.ts';
import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';

const lines: readonly { readonly name: string; readonly of: keyof LedgerColumn }[] = [
  { name: 'Heads, the upgrade’s among them', of: 'head' },
  { name: 'Framing: frame headers, chunk sizes', of: 'framing' },
  { name: 'Payload and bodies', of: 'payload' },
  { name: 'Not read', of: 'unread' },
];

/** What the run has cost so far, by what the bytes were for. */
export function LedgerTable({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const ledger = ledgerOf(model.store.rows);
  const { up, down, messages, octetsPerMessage, exchanges, connections, cacheHits } = ledger;
  return (
    <div class="ledger" tabIndex={0} role="region" aria-label="Ledger">
      <table>
        <caption>Bytes of this run, at the page’s end</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">up</th>
            <th scope="col">down</th>
            <th scope="col">both</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, of }) =>
            of === 'unread' && up.unread + down.unread === 0 ? null : (
              <Line key={of} name={name} up={up[of]} down={down[of]} />
            ),
          )}
        </tbody>
        <tfoot>
          <Line name="In all" up={up.total} down={down.total} />
        </tfoot>
      </table>
      <dl class="ledger-counts">
        <Count name="TCP connections" value={formatCount(connections)} />
        <Count name="Requests" value={formatCount(exchanges)} />
        <Count name="Messages and events" value={formatCount(messages)} />
        <Count
          name="Bytes per message, all of the above shared out"
          value={octetsPerMessage === undefined ? '–' : octetsPerMessage.toFixed(1)}
        />
        <Count
          name="Not sent: loads answered by the browser’s cache"
          value={formatCount(cacheHits)}
        />
      </dl>
      <p>{words.ledgerScope}</p>
    </div>
  );
}

function Line({
  name,
  up,
  down,
}: {
  readonly name: string;
  readonly up: number;
  readonly down: number;
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{formatCount(up)}</td>
      <td>{formatCount(down)}</td>
      <td>{formatCount(up + down)}</td>
    </tr>
  );
}

function Count({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
