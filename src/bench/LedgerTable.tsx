import { useRef, useState } from 'preact/hooks';
import type { Ledger, LedgerColumn } from '#capture/ledger.ts';
import type { Http2Ledger } from '#capture/http2-sums.ts';
import type { TransportLedger } from '#capture/transport-sums.ts';
import { formatCount } from '#controls/number-format.ts';
import { ledgerWords as words } from '#words/ledger.ts';
import type { BenchModel } from './bench-model.ts';
import type { Rows } from './rows.ts';
import { RunLedger } from './run-ledger.ts';

const lines = ['head', 'framing', 'payload', 'unread'] as const satisfies (keyof LedgerColumn)[];

/** What the run has cost so far, by what the bytes were for and by what carried them. */
export function LedgerTable({ model }: { readonly model: BenchModel }) {
  void model.tick.value;
  const { ledger, http2 } = useLedger(model.store);
  const [isEstimated, setEstimated] = useState(false);
  return (
    <div class="ledger" tabIndex={0} role="region" aria-label={words.nameOf(model.demo.title)}>
      <fieldset class="ledger-choice">
        <legend class="visually-hidden">{words.count}</legend>
        {[false, true].map((estimated) => (
          <label key={String(estimated)}>
            <input
              type="radio"
              name={`${model.id}-ledger`}
              checked={estimated === isEstimated}
              onChange={() => setEstimated(estimated)}
            />
            {estimated ? words.estimated : words.captured}
            {estimated && <span class="chip chip-model">{words.model}</span>}
          </label>
        ))}
      </fieldset>
      <Octets ledger={ledger} isEstimated={isEstimated} />
      <p>{isEstimated ? words.assumptions : words.scope}</p>
      <Transports transports={ledger.transports} />
      {http2 !== undefined && <Http2 http2={http2} />}
      <Counts ledger={ledger} />
    </div>
  );
}

/** Reads each row once, also while the view is open and rows come. */
function useLedger(store: Rows): RunLedger {
  const reading = useRef<{ readonly store: Rows; readonly ledger: RunLedger }>();
  if (reading.current?.store !== store) reading.current = { store, ledger: new RunLedger() };
  reading.current.ledger.readOn(store);
  return reading.current.ledger;
}

function Octets({
  ledger: { up, down, estimate },
  isEstimated,
}: {
  readonly ledger: Ledger;
  readonly isEstimated: boolean;
}) {
  const added = ({ tls, tcp }: { readonly tls: number; readonly tcp: number }) =>
    isEstimated ? tls + tcp : 0;
  return (
    <table>
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.up}</th>
          <th scope="col">{words.down}</th>
          <th scope="col">{words.both}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line === 'unread' && up.unread + down.unread === 0 ? null : (
            <Line key={line} name={words.lines[line]} up={up[line]} down={down[line]} />
          ),
        )}
        {isEstimated && (
          <>
            <Line name={words.lines.tls} up={estimate.up.tls} down={estimate.down.tls} isModel />
            <Line name={words.lines.tcp} up={estimate.up.tcp} down={estimate.down.tcp} isModel />
          </>
        )}
      </tbody>
      <tfoot>
        <Line
          name={words.lines.total}
          up={up.total + added(estimate.up)}
          down={down.total + added(estimate.down)}
          isModel={isEstimated}
        />
      </tfoot>
    </table>
  );
}

function Line({
  name,
  up,
  down,
  isModel = false,
}: {
  readonly name: string;
  readonly up: number;
  readonly down: number;
  readonly isModel?: boolean;
}) {
  return (
    <tr>
      <th scope="row">
        {name} {isModel && <span class="ledger-model">{words.model}</span>}
      </th>
      <td>{formatCount(up)}</td>
      <td>{formatCount(down)}</td>
      <td>{formatCount(up + down)}</td>
    </tr>
  );
}

/** What one message costs on each way that was used. */
function Transports({ transports }: { readonly transports: readonly TransportLedger[] }) {
  if (transports.length === 0) return null;
  return (
    <table class="ledger-transports">
      <caption>{words.transports.caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.transports.setUp}</th>
          <th scope="col">{words.transports.total}</th>
          <th scope="col">{words.transports.units}</th>
          <th scope="col">{words.transports.each}</th>
          <th scope="col">{words.transports.eachLater}</th>
        </tr>
      </thead>
      <tbody>
        {transports.map(({ transport, setUp, total, units }) => (
          <tr key={transport}>
            <th scope="row">{words.transports.names[transport]}</th>
            <td>{transport === 'http' ? '–' : formatCount(setUp)}</td>
            <td>{formatCount(total)}</td>
            <td>{formatCount(units)}</td>
            <td>{shared(total, units)}</td>
            <td>{shared(total - setUp, units)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Http2({ http2: { frames, heads } }: { readonly http2: Http2Ledger }) {
  const { count, fields, blocks } = heads;
  return (
    <>
      <table class="ledger-frames">
        <caption>{words.http2.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.http2.type}</th>
            <th scope="col">{words.http2.count}</th>
            <th scope="col">{words.up}</th>
            <th scope="col">{words.down}</th>
          </tr>
        </thead>
        <tbody>
          {frames.map((frame) => (
            <tr key={frame.type}>
              <th scope="row">{frame.type}</th>
              <td>{formatCount(frame.count)}</td>
              <td>{formatCount(frame.up)}</td>
              <td>{formatCount(frame.down)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.http2.heads(formatCount(count), formatCount(fields), formatCount(blocks))}</p>
      <p>{words.http2.scope}</p>
    </>
  );
}

function Counts({ ledger }: { readonly ledger: Ledger }) {
  const { connections, exchanges, messages, notSent, up, down } = ledger;
  return (
    <dl class="ledger-counts">
      <Count name={words.counts.connections} value={formatCount(connections)} />
      <Count name={words.counts.exchanges} value={formatCount(exchanges)} />
      <Count name={words.counts.messages} value={formatCount(messages)} />
      <Count name={words.counts.each} value={shared(up.total + down.total, messages)} />
      <Count
        name={words.counts.cacheHits}
        value={saved(notSent.cacheHits, notSent.cacheHitOctets)}
      />
      <Count
        name={words.counts.notModified}
        value={saved(notSent.notModified, notSent.notModifiedOctets)}
      />
    </dl>
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

const shared = (octets: number, units: number) => (units === 0 ? '–' : (octets / units).toFixed(1));

const saved = (count: number, octets: number) =>
  count === 0 ? '0' : words.counts.saved(formatCount(count), formatCount(octets));
