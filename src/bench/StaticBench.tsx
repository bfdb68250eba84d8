import type { DemoDefinition } from '#demo/definition.ts';
import type { Values } from '#demo/parameters.ts';
import { BenchModel } from './bench-model.ts';
import { BenchView, type Panel } from './BenchView.tsx';

type Props = {
  readonly demo: DemoDefinition;
  readonly panel: Panel;
  readonly id: string;
  readonly given: Values;
};

/** The first state of a bench, for the page's HTML. */
export function StaticBench({ demo, panel, id, given }: Props) {
  return <BenchView model={new BenchModel(demo, id, given)} panel={panel} />;
}
