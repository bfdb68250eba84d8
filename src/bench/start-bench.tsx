import { hydrate } from 'preact';
import type { DemoDefinition } from '#demo/definition.ts';
import type { Values } from '#demo/parameters.ts';
import { BenchModel } from './bench-model.ts';
import { BenchView, type Panel } from './BenchView.tsx';

const demos = import.meta.glob<DemoDefinition>('/src/demos/*/demo.ts', { import: 'default' });
const panels = import.meta.glob<Panel>('/src/demos/*/Panel.tsx', { import: 'default' });

/** Hydrates what the server rendered, then connects it. */
export async function startBench(element: HTMLElement): Promise<void> {
  const { demo: name = '', parameters = '{}', recording, embedded } = element.dataset;
  const root = element.querySelector('.bench-root');
  const [demo, panel] = await Promise.all([
    demos[`/src/demos/${name}/demo.ts`]?.(),
    panels[`/src/demos/${name}/Panel.tsx`]?.(),
  ]);
  if (root === null || demo === undefined || panel === undefined) return;
  const model = new BenchModel(demo, element.id, JSON.parse(parameters) as Values, {
    recording,
    isEmbedded: embedded !== undefined,
  });
  hydrate(<BenchView model={model} panel={panel} />, root);
  element.dataset['started'] = '';
  await model.start();
}
