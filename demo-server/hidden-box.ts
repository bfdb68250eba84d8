import { randomInt } from 'node:crypto';

import type { DemoContext } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** What can stand behind `via/hidden/`, set so that five seconds are enough to tell. */
const HIDEABLE: readonly string[] = [
  'strip-upgrade',
  'refuse-upgrade',
  'answer-200',
  'accept-then-drop',
  'hang',
  'buffer',
  'idle-reset;idleMs=1500',
  'idle-drop;idleMs=1500',
  'max-duration;maxMs=2000',
  'slow;delayMs=400',
  'http10',
];

const nameOf = (segment: string) => segment.split(';')[0] ?? '';

/** What a reader may name. */
export const suspects: readonly string[] = HIDEABLE.map(nameOf);

/** By chance, or the one that is asked for: by a teacher, who knows it then. */
export function hideOne({ box }: { box?: unknown }, { guessing }: DemoContext): void {
  const chosen =
    box === undefined
      ? HIDEABLE[randomInt(HIDEABLE.length)]
      : HIDEABLE.find((segment) => nameOf(segment) === box);
  if (chosen === undefined) throw new RequestError(400, `Hide one of ${suspects.join(', ')}.`);
  guessing.hide(chosen);
}

/** A wrong name tells no more than that; the right one, or giving up, opens the far side. */
export function judgeName({ box }: { box?: unknown }, context: DemoContext) {
  const { guessing } = context;
  if (guessing.hidden === undefined) throw new RequestError(409, 'No box is hidden.');
  const hidden = nameOf(guessing.hidden);
  const right = box === hidden;
  if (!right && box !== undefined) return { right };
  guessing.reveal();
  context.note('named', { box: hidden, right });
  return { right, box: hidden };
}
