import { hydrate } from 'preact';
import type { DemoDefinition } from '#demo/definition.ts';
import type { Values } from '#demo/parameters.ts';
import { BenchModel } from './bench-model.ts';
import { BenchView, type Panel } from './BenchView.tsx';

/** A demo in the page: its panel, and what it is. One file each, or each page would name twice as many. */
type Demo = { readonly default: Panel; readonly demo: DemoDefinition };

const demos = import.meta.glob<Demo>('/src/demos/*/Panel.tsx');

/** Hydrates what the server rendered, says so, and connects it. */
export async function startBench(element: HTMLElement, onAlive: () => void): Promise<void> {
  const { demo: name = '', parameters = '{}', recording, embedded } = element.dataset;
  const root = element.querySelector('.bench-root');
  const found = await demos[`/src/demos/${name}/Panel.tsx`]?.();
  if (root === null || found === undefined) return;
  const { demo, default: panel } = found;
  const model = new BenchModel(demo, element.id, JSON.parse(parameters) as Values, {
    recording,
    isEmbedded: embedded !== undefined,
  });
  hydrate(<BenchView model={model} panel={panel} />, root);
  element.dataset['started'] = '';
  onAlive();
  await model.start();
}
