import { formatMs } from '#controls/number-format.ts';
import type { LaneFigures } from './figures.ts';

const BINS = 40;
const HEIGHT = 26;

/** Events by how late they came; the formula's mean and the measured one are drawn in. */
export function LaneChart({ lane, scaleMs }: { lane: LaneFigures; scaleMs: number }) {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const { lateMs } of lane.arrivals) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor((lateMs / scaleMs) * BINS)));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const most = Math.max(1, ...bins);
  return (
    <svg
      class="race-chart"
      viewBox={`0 0 ${BINS} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={labelOf(lane)}
    >
      {bins.map((count, bin) => {
        const height = count === 0 ? 0 : Math.max(3, (count / most) * HEIGHT);
        return <rect key={bin} x={bin + 0.1} y={HEIGHT - height} width={0.8} height={height} />;
      })}
      <Mark kind="predicted" at={(lane.predictedMs / scaleMs) * BINS} />
      {lane.meanMs !== undefined && <Mark kind="mean" at={(lane.meanMs / scaleMs) * BINS} />}
    </svg>
  );
}

function Mark({ kind, at }: { readonly kind: string; readonly at: number }) {
  return <line class={kind} x1={at} x2={at} y1={0} y2={HEIGHT} />;
}

function labelOf({ name, arrivals, meanMs, predictedMs }: LaneFigures): string {
  const measured = meanMs === undefined ? 'nothing yet' : `mean ${formatMs(meanMs)}`;
  return `${name}: ${arrivals.length} events, ${measured}, predicted ${formatMs(predictedMs)}`;
}
