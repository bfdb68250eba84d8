import { decodeCapsule, replayOrder, type Capsule } from '#capture/export/capsule.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { defaultValues, problemWith, type Values } from '#demo/parameters.ts';
import { RowStore } from './row-store.ts';
import { visibleText } from './visible-text.ts';

/** A run out of a capsule, in the place of the live one. */
export type Replay = {
  /** Other for each. */
  readonly key: string;
  /** A recording comes with the site, any other capsule from the reader. */
  readonly source: 'recording' | 'capsule';
  /** When and in which browser it was recorded, for the reader. */
  readonly label: string;
  readonly capsule: Capsule;
  readonly store: RowStore;
  /** What was set when it was recorded, as far as the demo still knows it. */
  readonly values: Values;
  /** Milliseconds from the run's beginning to its end. */
  readonly now: number;
};

/** The capsule is sound, and of another demo. */
export class OtherDemoError extends Error {
  override readonly name = 'OtherDemoError';
  readonly demo: string;

  constructor(demo: string) {
    super(`This capsule is of another demo, “${demo}”, and opens in the bench of that one.`);
    this.demo = demo;
  }
}

let count = 0;

/**
 * Reads a capsule that may come from anywhere into rows.
 *
 * @throws CapsuleError or {@link OtherDemoError}, each with a sentence for the reader.
 */
export function readReplay(demo: DemoDefinition, json: string, source: Replay['source']): Replay {
  const capsule = decodeCapsule(json);
  if (capsule.demo !== demo.id) throw new OtherDemoError(capsule.demo);
  const store = new RowStore();
  for (const step of replayOrder(capsule)) {
    if (step.from === 'wire') store.addWire([step.event]);
    else store.addPage(step.event);
  }
  return {
    key: `replay-${++count}`,
    source,
    label: `${dateOf(capsule.made)} · ${visibleText(capsule.browser.slice(0, 40))}`,
    capsule,
    store,
    values: knownValues(demo, capsule.parameters),
    now: capsule.now ?? store.byTime.at(-1)?.t ?? 0,
  };
}

function dateOf(made: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(made),
  );
}

function knownValues({ parameters }: DemoDefinition, recorded: Capsule['parameters']): Values {
  const known = Object.entries(recorded).filter(([name, value]) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    return parameter !== undefined && problemWith(parameter, value) === undefined;
  });
  return { ...defaultValues(parameters), ...Object.fromEntries(known) };
}
