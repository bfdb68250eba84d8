import type { Row } from '#capture/row.ts';
import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import { StartStop } from '#controls/StartStop.tsx';
import { Cells } from './Cells.tsx';
import type demo from './demo.ts';
import { pathOf, useProbe } from './use-probe.ts';

const loadOutcome = async () => (await import('./Outcome.tsx')).Outcome;
const loadCases = async () => (await import('./Cases.tsx')).Cases;

/** One box on one path, and what becomes of a feed there. */
export function OneBox({ bench, control }: PanelProps<(typeof demo)['parameters']>) {
  const { isRunning, start, stop } = useProbe(bench);
  const path = lastPath(bench.rows) ?? pathOf(bench.values);
  return (
    <>
      <div class="panel-pair">
        {control('box')}
        {control('behind')}
      </div>
      {control('transport')}
      <StartStop address={bench.address} isRunning={isRunning} start={start} stop={stop} />
      {bench.rows.length === 0 ? (
        <AtRest />
      ) : (
        <Later key="outcome" load={loadOutcome} meanwhile={<AtRest />} props={{ bench }} />
      )}
      {path !== 'none' && <Later key="cases" load={loadCases} props={{ path }} />}
    </>
  );
}

/** The path that was last tried; a recording's too. */
function lastPath(rows: readonly Row[]): string | undefined {
  const start = rows.findLast(({ kind, data }) => kind === 'app' && data['name'] === 'start');
  return start === undefined ? undefined : (start.data['path'] as string);
}

function AtRest() {
  return (
    <>
      <Cells updates={new Map()} isOver={false} />
      <p class="panel-verdict" role="status">
        Press Start: the server begins to publish sixteen updates.
      </p>
    </>
  );
}
