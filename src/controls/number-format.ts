/** Writes a whole number with a comma between thousands: `65,536`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** Writes milliseconds: one decimal below 100, seconds from 10,000 on. */
export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 100 ? `${ms.toFixed(1)} ms` : `${formatCount(ms)} ms`;
}
