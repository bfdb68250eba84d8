import type { FunctionComponent } from 'preact';
import { Later } from '#controls/Later.tsx';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { OneBox } from './OneBox.tsx';

export { default as demo } from './demo.ts';

type Props = PanelProps<(typeof demo)['parameters']>;
type View = FunctionComponent<Props>;

/** Loaded when they are chosen: most readers run one box. */
const views: Readonly<Record<string, () => Promise<View>>> = {
  name: async () => (await import('./HiddenBox.tsx')).HiddenBox,
  all: async () => (await import('./AllBoxes.tsx')).AllBoxes,
  nginx: async () => (await import('./NginxLines.tsx')).NginxLines,
};

/** Three ways to look at the same boxes, and the one that most readers run themselves. */
export default function Panel(props: Props) {
  const load = views[props.bench.values.view];
  return (
    <>
      {props.control('view')}
      {load === undefined ? (
        <OneBox {...props} />
      ) : (
        <Later key={props.bench.values.view} load={load} props={props} />
      )}
    </>
  );
}
