import type { PanelProps } from '#controls/panel-props.ts';
import { AllBoxes } from './AllBoxes.tsx';
import type demo from './demo.ts';
import { HiddenBox } from './HiddenBox.tsx';
import { NginxLines } from './NginxLines.tsx';
import { OneBox } from './OneBox.tsx';

/** Three ways to look at the same boxes, and the one that most readers run themselves. */
export default function Panel(props: PanelProps<(typeof demo)['parameters']>) {
  const { view } = props.bench.values;
  return (
    <>
      {props.control('view')}
      {view === 'name' ? (
        <HiddenBox {...props} />
      ) : view === 'all' ? (
        <AllBoxes {...props} />
      ) : view === 'nginx' ? (
        <NginxLines {...props} />
      ) : (
        <OneBox {...props} />
      )}
    </>
  );
}
