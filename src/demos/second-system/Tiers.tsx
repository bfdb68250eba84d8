import { Figures } from '#controls/Figures.tsx';
import { formatCount } from '#controls/number-format.ts';
import { Incidents } from './incidents.ts';
import { loadOf, meanRequests, percentOf, SECONDS, type Day, type Load } from './model.ts';
import { CAPACITY, CLIENTS, POLL_SECONDS, ROOM, ROOM_BEFORE } from './tiers.ts';

/** What both tiers have to carry on such a day, and how that was computed. */
export function Tiers({ day }: { readonly day: Day }) {
  const load = loadOf(day);
  return (
    <>
      <p class="panel-verdict" role="status">
        {verdict(load)}
      </p>
      <p class="panel-hint">
        <b>MODEL</b> Requests to the fallback tier, each second for five minutes; the line is what
        it can answer.
      </p>
      <RequestChart load={load} />
      <Figures
        figures={[
          { value: `${percentOf(load.sockets, ROOM)} %`, label: 'WebSocket tier' },
          { value: `${percentOf(load.peak, CAPACITY)} %`, label: 'fallback tier, at its peak' },
          { value: formatCount(load.served), label: 'clients served' },
        ]}
      />
      <Formulas day={day} load={load} />
      <details class="panel-more">
        <summary>Where it happened</summary>
        {Incidents.map(({ when, happened, source }) => (
          <p key={source.href} class="panel-hint">
            <b>{when}</b>: {happened} <a href={source.href}>{source.title}</a>
          </p>
        ))}
      </details>
    </>
  );
}

function verdict({ sockets, peak, waiting }: Load): string {
  const full = [
    ...(sockets < ROOM
      ? []
      : [`The WebSocket tier: ${formatCount(sockets)} sockets, room for ${formatCount(ROOM)}.`]),
    ...(peak < CAPACITY
      ? []
      : [
          `The fallback tier: up to ${formatCount(peak)} requests in a second, ${CAPACITY} answered.`,
        ]),
  ];
  if (full.length > 0) return `Too much. ${full.join(' ')}`;
  return `Both tiers hold. ${formatCount(waiting)} clients wait outside.`;
}

const HEIGHT = 100;

/** One column for each second. */
function RequestChart({ load: { requests, peak } }: { readonly load: Load }) {
  const most = Math.max(1.25 * CAPACITY, peak);
  const y = (count: number) => HEIGHT - (HEIGHT * count) / most;
  const columns = requests.map((count) => `V${y(count).toFixed(1)}h1`).join('');
  return (
    <svg
      class="tier-chart"
      viewBox={`0 0 ${SECONDS} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Up to ${formatCount(peak)} requests per second; the tier answers ${CAPACITY}`}
    >
      <path d={`M0,${HEIGHT}${columns}V${HEIGHT}z`} />
      <line x1={0} x2={SECONDS} y1={y(CAPACITY)} y2={y(CAPACITY)} />
    </svg>
  );
}

function Formulas({ day, load }: { readonly day: Day; readonly load: Load }) {
  const { served, waiting, pollers, sockets } = load;
  const away = day.spread ? 1.5 * day.wait : day.wait;
  return (
    <details class="panel-more" open>
      <summary>How it is computed</summary>
      <ul class="panel-hint">
        <li>
          Served: {formatCount(CLIENTS)} − {formatCount(waiting)} turned away ={' '}
          {formatCount(served)}.
        </li>
        <li>
          Sockets: {formatCount(served)} − {formatCount(pollers)} on the fallback ={' '}
          {formatCount(sockets)}, of {formatCount(ROOM)}.
        </li>
        <li>
          Requests per second, on average: {formatCount(pollers)} ÷ {POLL_SECONDS} s +{' '}
          {formatCount(waiting)} ÷ {away} s = {formatCount(Math.round(meanRequests(load, day)))}, of{' '}
          {CAPACITY}.
        </li>
      </ul>
      <p class="panel-hint">
        Assumptions, none of them measured: there was room for {formatCount(ROOM_BEFORE)} sockets,
        and half is lost; an update every {POLL_SECONDS} seconds answers one long poll of each
        client, out of step with the others; a refusal costs the fallback tier a request like any
        other; nobody gives up; the rush of the first second is left out.
      </p>
    </details>
  );
}
