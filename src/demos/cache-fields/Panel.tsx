import { useRef, useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { changeResource, changeSettings, load, type Load, type Settings } from './client.ts';
import type demo from './demo.ts';
import { FreshnessClock } from './FreshnessClock.tsx';
import { expectation, type Expectation } from './expectation.ts';
import { exchangeBetween, type Exchange } from './exchange.ts';
import { recordedVisits, type RecordedVisit } from './recorded-visits.ts';

type Props = PanelProps<(typeof demo)['parameters']>;
type Visit = Load & {
  readonly fromCache: boolean;
  /** On the run's clock. */
  readonly from: number;
  readonly until: number;
  readonly expected: Expectation;
};

/** What a user sees: a document with a version, loaded again and again. */
export default function Panel({ bench, control }: Props) {
  const cache = useCache(bench);
  const ready = bench.address !== undefined && !cache.isBusy;
  const visits = bench.isReplay ? recordedVisits(bench.rows) : cache.visits;
  const last = visits.at(-1);
  const wire = last && exchangeBetween(bench.rows, last.from, last.until);
  return (
    <>
      <fieldset class="panel-group">
        <legend>The server says</legend>
        {control('freshness')}
        {bench.values.freshness === 'max-age' && control('maxAge')}
        {control('etag')}
        {control('lastModified')}
        {control('vary')}
      </fieldset>
      <div class="panel-actions">
        {visits.length === 0 ? (
          <button type="button" class="go" disabled={!ready} onClick={() => cache.visit('default')}>
            Load
          </button>
        ) : (
          <button type="button" class="go" disabled={!ready} onClick={() => cache.visit('default')}>
            Load again
          </button>
        )}
        <button type="button" disabled={!ready} onClick={() => cache.visit('reload')}>
          Reload past the cache
        </button>
        <button type="button" disabled={!ready} onClick={cache.change}>
          Change the resource
        </button>
      </div>
      {!bench.isReplay && <FreshnessClock stored={cache.stored} now={bench.now} />}
      <Visits
        visits={visits}
        wire={(visit) => exchangeBetween(bench.rows, visit.from, visit.until)}
      />
      <Figures
        figures={[
          { value: wire ? formatCount(wire.up) : '–', label: 'bytes up' },
          { value: wire ? formatCount(wire.down) : '–', label: 'bytes down' },
          { value: last ? formatMs(last.durationMs) : '–', label: 'the load took' },
        ]}
      />
    </>
  );
}

function Visits({
  visits,
  wire,
}: {
  readonly visits: readonly RecordedVisit[];
  readonly wire: (visit: RecordedVisit) => Exchange;
}) {
  if (visits.length === 0) return <p class="panel-hint">Nothing loaded yet.</p>;
  return (
    <div class="panel-table" tabIndex={0} role="region" aria-label="Loads">
      <table>
        <thead>
          <tr>
            <th scope="col">Load</th>
            <th scope="col">Version</th>
            <th scope="col">On the wire</th>
            <th scope="col">The page is told</th>
          </tr>
        </thead>
        <tbody>
          {visits
            .map((visit, index) => (
              <VisitRow key={index} number={index + 1} visit={visit} wire={wire(visit)} />
            ))
            .reverse()}
        </tbody>
      </table>
    </div>
  );
}

function VisitRow({
  number,
  visit,
  wire,
}: {
  readonly number: number;
  readonly visit: RecordedVisit;
  readonly wire: Exchange;
}) {
  const octets = wire.up + wire.down;
  const crossed = octets === 0 ? '0 bytes' : `${formatCount(octets)} bytes`;
  const how = wire.statusCode === undefined ? 'from the cache' : String(wire.statusCode);
  return (
    <tr class={wire.statusCode === undefined ? 'is-hit' : wire.statusCode === 304 ? 'is-304' : ''}>
      <th scope="row">{number}</th>
      <td>{visit.version}</td>
      <td>
        {crossed}, {how}
      </td>
      <td>
        {visit.transferSize === undefined
          ? 'nothing'
          : `transferSize ${visit.transferSize}${visit.deliveryType ? `, ${visit.deliveryType}` : ''}`}
      </td>
    </tr>
  );
}

/** The panel's loads, and the settings that the server last heard of. */
function useCache({ address, values, now, saw }: Props['bench']) {
  const known = useRef<string>();
  const [visits, setVisits] = useState<readonly Visit[]>([]);
  const [isBusy, setBusy] = useState(false);

  const busily = async (act: (address: string) => Promise<void>) => {
    if (address === undefined) return;
    setBusy(true);
    try {
      await act(address);
    } catch (error) {
      saw('error', { reason: (error as Error).message });
    }
    setBusy(false);
  };
  const visit = (cache: RequestCache) =>
    busily(async (live) => {
      const settings = settingsOf(values);
      if (known.current !== JSON.stringify(settings)) await changeSettings(live, settings, saw);
      known.current = JSON.stringify(settings);
      const from = now();
      const loaded = await load(live, cache);
      const until = from + loaded.durationMs;
      const fromCache = loaded.transferSize === 0;
      const expected = expectation(loaded.headers);
      const { version, durationMs, transferSize, deliveryType } = loaded;
      saw('load', {
        version,
        fromCache,
        durationMs,
        transferSize,
        deliveryType,
        freshness: expected.why,
      });
      setVisits((before) => [
        ...before.slice(-49),
        { ...loaded, fromCache, from, until, expected },
      ]);
    });
  return {
    visits,
    isBusy,
    /** The visit whose answer the cache got last. */
    stored: visits.findLast((visit) => !visit.fromCache),
    visit: (cache: RequestCache) => void visit(cache),
    change: () => void busily((live) => changeResource(live, saw)),
  };
}

function settingsOf(values: Props['bench']['values']): Settings {
  const cacheControl = {
    'max-age': `max-age=${values.maxAge}`,
    'no-cache': 'no-cache',
    'no-store': 'no-store',
    none: '',
  }[values.freshness];
  return {
    cacheControl: cacheControl ?? '',
    etag: values.etag,
    lastModified: values.lastModified,
    vary: values.vary,
  };
}
