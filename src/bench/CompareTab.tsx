import { Later } from '#controls/Later.tsx';
import type { BenchModel } from './bench-model.ts';

const load = async () => (await import('./Comparison.tsx')).Comparison;

/** The run beside the demo's recording; few readers ask for it, so it is loaded when it is opened. */
export const CompareTab = ({ model }: { readonly model: BenchModel }) => (
  <Later load={load} props={{ model }} />
);
