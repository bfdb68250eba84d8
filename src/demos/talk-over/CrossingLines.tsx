import type { Line, TalkRecord } from './talks.ts';

/** So much of a talk is drawn: its end. */
const SHOWN_MS = 800;
const [WIDTH, TOP, BOTTOM] = [320, 26, 104];

/** Time runs to the right; each line is one number on its way between the two sides. */
export function CrossingLines({ talk }: { readonly talk: TalkRecord }) {
  const { lines, mostCrossed } = talk;
  const now = Math.max(...lines.map(({ begin, end }) => end ?? begin));
  const since = Math.max(now - SHOWN_MS, Math.min(...lines.map(({ begin }) => begin)));
  const x = (t: number) => 6 + ((t - since) / SHOWN_MS) * (WIDTH - 12);
  const shown = lines.filter(({ begin }) => begin >= since);
  return (
    <figure class="crossing">
      <svg
        viewBox={`0 0 ${WIDTH} 130`}
        role="img"
        aria-label={`The last ${SHOWN_MS} ms of the talk. A number of the page crossed at most ${mostCrossed} of the server.`}
      >
        <text x="4" y="16">
          your page
        </text>
        <path class="crossing-side" d={`M4 ${TOP}H${WIDTH - 4}M4 ${BOTTOM}H${WIDTH - 4}`} />
        <text x="4" y="124">
          server
        </text>
        {shown.map((line) => (
          <NumberLine key={`${line.from}${line.n}`} line={line} x={x} />
        ))}
      </svg>
      <figcaption class="panel-hint">
        ▼ solid: numbers of your page. ▲ dashed: of the server. Steep lines are quick ones.
      </figcaption>
    </figure>
  );
}

function NumberLine({ line, x }: { readonly line: Line; readonly x: (t: number) => number }) {
  const { from, begin, end } = line;
  if (end === undefined) return null;
  const [start, stop, tip] = from === 'page' ? [TOP, BOTTOM, -6] : [BOTTOM, TOP, 6];
  return (
    <g class={`crossing-${from}`}>
      <path d={`M${x(begin)} ${start}L${x(end)} ${stop}`} />
      <path class="crossing-tip" d={`M${x(end)} ${stop}l-3 ${tip}h6z`} />
    </g>
  );
}
