import { words } from '#words/bench.ts';
import type { BenchModel } from './bench-model.ts';

type Props = {
  readonly model: BenchModel;
  readonly boxes: readonly string[];
  /** Who sends, once somebody has. */
  readonly client?: string;
};

/** The headings of the timeline: the script, the client, boxes on the way, the server's program. */
export function Lifelines({ model, boxes, client = '' }: Props) {
  const { server, client: expected = 'browser' } = model.demo.lifelines;
  return (
    <ul class="lifelines" aria-label="Lifelines">
      <li class="lifeline lane-script">{scriptOf(model)}</li>
      <li class="lifeline lane-0">{client || expected}</li>
      {boxes.map((box, index) => (
        <li key={index} class={`lifeline lane-${index + 1} is-box`}>
          {box}
        </li>
      ))}
      <li class="lifeline lane-server">{server}</li>
    </ul>
  );
}

/** Heading of the script's lifeline: in a recording or a capsule it was somebody else's. */
export function scriptOf({ demo, replay }: BenchModel): string {
  return demo.lifelines.page ?? words.script[replay.value === undefined ? 'now' : 'then'];
}

/** The timeline of a run in which nothing has happened. */
export function EmptyTimeline({ model }: { readonly model: BenchModel }) {
  return (
    <div class="timeline hops-1">
      <Lifelines model={model} boxes={[]} />
      <div class="timeline-scroll">
        <p class="timeline-empty">{words.timelineEmpty}</p>
      </div>
    </div>
  );
}
