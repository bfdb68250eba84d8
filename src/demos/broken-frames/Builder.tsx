import type { PanelProps } from '#controls/panel-props.ts';
import { hexFromOctets } from '#protocol/octets.ts';
import type demo from './demo.ts';
import { writeFrame } from './frame-plan.ts';
import { planOf } from './own-frames.ts';
import { words } from './words.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** Puts a frame together field by field and adds it to those that the robot is to send. */
export function Builder({ bench, control }: Props) {
  const { values, set } = bench;
  const plan = planOf(values);
  const add = () => {
    if (plan === undefined) return;
    const octets = writeFrame(plan, crypto.getRandomValues(new Uint8Array(4)));
    set('own', `${values.own} ${hexFromOctets(octets)}`.trim());
  };
  return (
    <fieldset class="panel-group">
      <legend>{words.builder}</legend>
      {control('opcode')}
      <div class="panel-pair">
        {control('fin')}
        {control('rsv1')}
      </div>
      {control('masking')}
      {control('form')}
      {control('payload')}
      {control('as')}
      {plan === undefined && (
        <p class="panel-refused" role="alert">
          {words.notHex}
        </p>
      )}
      <div class="panel-actions">
        <button type="button" disabled={plan === undefined || bench.isReplay} onClick={add}>
          {words.add}
        </button>
        <button
          type="button"
          disabled={values.own === '' || bench.isReplay}
          onClick={() => set('own', '')}
        >
          {words.empty}
        </button>
      </div>
    </fieldset>
  );
}
