import { PanelTable } from '#controls/PanelTable.tsx';
import { formatCount } from '#controls/number-format.ts';
import type { LaneFigures } from './figures.ts';

const msOrNone = (ms: number | undefined): string => (ms === undefined ? '–' : formatCount(ms));

/** Bytes that an event has cost so far, set-up included. */
export const perEvent = ({ octets, arrivals }: LaneFigures): string =>
  arrivals.length === 0 ? '–' : formatCount(octets / arrivals.length);

export function FiguresTable({ lanes }: { readonly lanes: readonly LaneFigures[] }) {
  return (
    <PanelTable
      class="race-table"
      name="Figures of each lane"
      columns={['Lane', 'Events', 'Mean, ms', 'p50, ms', 'Max, ms', 'Bytes per event', 'Requests']}
    >
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
    </PanelTable>
  );
}
