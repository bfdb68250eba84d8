import { useRef, useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import { stretchOf } from '#demo/stretches.ts';
import type { Load, Settings } from './client.ts';
import type demo from './demo.ts';
import { FreshnessClock } from './FreshnessClock.tsx';
import type { Expectation } from './expectation.ts';
import { exchangeIn, type Exchange } from './exchange.ts';
import { decisionIn, sharedFreshness, type SharedDecision } from './shared-decision.ts';
import { reasons } from './reasons.ts';
import { recordedVisits, type RecordedVisit } from './recorded-visits.ts';

export { default as demo } from './demo.ts';

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
  const wireOf = (index: number) => exchangeIn(bench.rows, stretchOf(visits, index));
  const decisionOf = (index: number) => decisionIn(bench.rows, stretchOf(visits, index));
  const wire = last && wireOf(visits.length - 1);
  const { stored } = cache;
  const isShared = bench.values.path === 'shared-cache';
  const shared = sharedFreshness(bench.rows);
  const decision = last && decisionOf(visits.length - 1);
  return (
    <>
      <fieldset class="panel-group">
        <legend>The server says</legend>
        {control('freshness')}
        {timed.has(bench.values.freshness) && control('maxAge')}
        {control('etag')}
        {control('lastModified')}
        {control('vary')}
        {control('down')}
      </fieldset>
      {control('path')}
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
      {!bench.isReplay && (
        <FreshnessClock
          of="Your browser"
          lifetimeSeconds={stored?.expected.lifetimeSeconds}
          freshUntil={stored === undefined ? 0 : freshUntil(stored)}
          why={stored === undefined ? '' : reasons[stored.expected.why]}
          otherwise={stored === undefined ? '' : staleWord(stored.expected)}
          now={bench.now}
        />
      )}
      {!bench.isReplay && isShared && (
        <FreshnessClock
          of="Shared cache"
          lifetimeSeconds={shared?.lifetimeSeconds}
          freshUntil={shared?.until ?? 0}
          why={decision?.words ?? ''}
          otherwise="stale"
          now={bench.now}
        />
      )}
      <Visits visits={visits} wireOf={wireOf} decisionOf={decisionOf} isShared={isShared} />
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
  wireOf,
  decisionOf,
  isShared,
}: {
  readonly visits: readonly RecordedVisit[];
  readonly wireOf: (index: number) => Exchange;
  readonly decisionOf: (index: number) => SharedDecision | undefined;
  readonly isShared: boolean;
}) {
  if (visits.length === 0) return <p class="panel-hint">Nothing loaded yet.</p>;
  return (
    <PanelTable
      name="Loads"
      columns={[
        'Load',
        'Version',
        'On the wire',
        ...(isShared ? ['Shared cache'] : []),
        'The page is told',
      ]}
    >
      {visits
        .map((visit, index) => (
          <VisitRow
            key={index}
            number={index + 1}
            visit={visit}
            wire={wireOf(index)}
            shared={isShared ? (decisionOf(index)?.outcome ?? 'not asked') : undefined}
          />
        ))
        .reverse()}
    </PanelTable>
  );
}

function VisitRow({
  number,
  visit,
  wire,
  shared,
}: {
  readonly number: number;
  readonly visit: RecordedVisit;
  readonly wire: Exchange;
  readonly shared: string | undefined;
}) {
  const octets = wire.up + wire.down;
  const crossed = octets === 0 ? '0 bytes' : `${formatCount(octets)} bytes`;
  const how = wire.statusCode === undefined ? 'from the cache' : String(wire.statusCode);
  return (
    <tr class={wire.statusCode === undefined ? 'is-hit' : wire.statusCode === 304 ? 'is-304' : ''}>
      <th scope="row">{number}</th>
      <td>{visit.version ?? `none: ${visit.statusCode}`}</td>
      <td>
        {crossed}, {how}
      </td>
      {shared !== undefined && <td>{shared}</td>}
      <td>
        {visit.transferSize === undefined
          ? 'nothing'
          : `transferSize ${visit.transferSize}${visit.deliveryType ? `, ${visit.deliveryType}` : ''}`}
      </td>
    </tr>
  );
}

/** With the first press: the page is to be read before. */
const loadParts = () => Promise.all([import('./client.ts'), import('./expectation.ts')]);

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
      const [{ addressOn, changeSettings, load }, { expectation }] = await loadParts();
      const settings = settingsOf(values);
      if (known.current !== JSON.stringify(settings)) await changeSettings(live, settings, saw);
      known.current = JSON.stringify(settings);
      const from = now();
      const loaded = await load(addressOn(values.path, live), cache);
      const until = from + loaded.durationMs;
      const fromCache = loaded.transferSize === 0;
      const expected = expectation(loaded.headers);
      const { statusCode, version, durationMs, transferSize, deliveryType } = loaded;
      saw('load', {
        statusCode,
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
    change: () =>
      void busily(async (live) => {
        const [{ changeResource }] = await loadParts();
        await changeResource(live, saw);
      }),
  };
}

/** What comes out of a shared cache has been ageing there. RFC 9111 §4.2.3. */
function freshUntil({ until, expected, headers }: Visit): number {
  return until + (expected.lifetimeSeconds - Number(headers.get('age') ?? 0)) * 1000;
}

/** Values of Cache-Control that hold a lifetime. */
const timed: ReadonlySet<string> = new Set(['max-age', 's-maxage', 'swr', 'sie']);

function staleWord({ why }: Expectation): string {
  if (why === 'no-store') return 'not stored';
  return why === 'explicit' || why === 'heuristic' ? 'stale, it has to ask' : 'never fresh';
}

function settingsOf(values: Props['bench']['values']): Settings {
  const cacheControl = {
    'max-age': `max-age=${values.maxAge}`,
    's-maxage': `max-age=0, s-maxage=${values.maxAge}`,
    swr: `max-age=${values.maxAge}, stale-while-revalidate=60`,
    sie: `max-age=${values.maxAge}, stale-if-error=60`,
    'no-cache': 'no-cache',
    'no-store': 'no-store',
    none: '',
  }[values.freshness];
  return {
    cacheControl: cacheControl ?? '',
    etag: values.etag,
    lastModified: values.lastModified,
    vary: values.vary,
    down: values.down,
  };
}
