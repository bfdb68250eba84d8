import { formatCount } from '#controls/number-format.ts';
import type { LaneFigures } from './figures.ts';

const msOrNone = (ms: number | undefined): string => (ms === undefined ? '–' : formatCount(ms));

/** Bytes that an event has cost so far, set-up included. */
export const perEvent = ({ octets, arrivals }: LaneFigures): string =>
  arrivals.length === 0 ? '–' : formatCount(octets / arrivals.length);

export function FiguresTable({ lanes }: { readonly lanes: readonly LaneFigures[] }) {
  return (
    <div
      class="panel-table race-table"
      tabIndex={0}
      role="region"
      aria-label="Figures of each lane"
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Lane</th>
            <th scope="col">Events</th>
            <th scope="col">Mean, ms</th>
            <th scope="col">p50, ms</th>
            <th scope="col">Max, ms</th>
            <th scope="col">Bytes per event</th>
            <th scope="col">Requests</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={lane.lane}>
              <th scope="row">{lane.name}</th>
              <td>{lane.arrivals.length}</td>
              <td>{msOrNone(lane.meanMs)}</td>
              <td>{msOrNone(lane.medianMs)}</td>
              <td>{msOrNone(lane.maxMs)}</td>
              <td>{perEvent(lane)}</td>
              <td>{lane.requests}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
