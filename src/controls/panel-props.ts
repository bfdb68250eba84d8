import type { ComponentChildren } from 'preact';
import type { Parameters } from '#demo/definition.ts';
import type { Workbench } from '#demo/workbench.ts';

/** What a demo's `Panel.tsx` is drawn with. It is drawn anew whenever a value or the rows change. */
export type PanelProps<P extends Parameters = Parameters> = {
  readonly bench: Workbench<P>;
  /** Draws the control of one parameter, where the panel wants it. */
  readonly control: (name: keyof P & string) => ComponentChildren;
};
