import type { Row } from '#capture/row.ts';
import { formatCount, formatMs } from '#controls/number-format.ts';
import { words as frame } from '#words/bench.ts';
import { timelineWords as words, timelineWordsThen as wordsThen } from '#words/timeline.ts';
import type { BenchModel } from './bench-model.ts';
import { rowWords, type RowWords } from './row-words.ts';
import type { TimelineItem } from './timeline-layout.ts';
import { isLocalCode, lostAt, unseenOf, type Unseen } from './unseen.ts';

type Props = {
  readonly item: TimelineItem;
  /** What to add to its place for its place in the document. */
  readonly shift: number;
  readonly model: BenchModel;
  readonly isSelected: boolean;
  /** Whether the tab key comes to it. */
  readonly isEntrance: boolean;
};

/** One item of the timeline. Everything in it is drawn from text nodes and classes. */
export function TimelineRow({ item, shift, model, isSelected, isEntrance }: Props) {
  const style = { top: item.top + shift, height: item.height };
  if (item.type === 'silence') {
    return (
      <li class="timeline-silence" style={style}>
        <span>{words.silence(formatMs(item.ms))}</span>
      </li>
    );
  }
  if (item.type === 'earlier') {
    return (
      <li class="timeline-silence" style={style}>
        <span>{words.earlier(formatCount(item.rows))}</span>
      </li>
    );
  }
  const { row } = item;
  const said = rowWords(row);
  const isReplay = model.replay.value !== undefined;
  const classes = `timeline-${item.type} tone-${said.tone} ${isSelected ? 'is-selected' : ''} ${
    row.kind === 'tcp.open' ? 'is-tcp' : ''
  }`;
  return (
    <li class={classes} style={style}>
      <button
        type="button"
        data-row={row.number}
        tabIndex={isEntrance ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => (model.chosen.value = row.number)}
      >
        <span class="visually-hidden">{whereOf(row, isReplay)} </span>
        <span class="timeline-time">{clock(row.t)}</span>{' '}
        {item.type === 'arrow' && (
          <Arrow item={item} said={said} unseen={unseenOf(row, model.store)} isReplay={isReplay} />
        )}
        {item.type === 'mark' && <Mark item={item} said={said} isReplay={isReplay} />}
        {item.type === 'divider' && <Divider row={row} said={said} />}
      </button>
    </li>
  );
}

function Arrow({
  item: { row, fromLane, toLane },
  said,
  unseen,
  isReplay,
}: {
  readonly item: TimelineItem & { type: 'arrow' };
  readonly said: RowWords;
  readonly unseen: Unseen | undefined;
  readonly isReplay: boolean;
}) {
  const left = Math.min(fromLane, toLane);
  const direction = fromLane < toLane ? 'goes-right' : 'goes-left';
  const isControl = row.kind === 'ws.frame' && Number(row.data['opcode']) >= 9;
  const span = Math.abs(fromLane - toLane);
  return (
    <>
      {unseen !== undefined && (
        <span class={`timeline-unseen is-${unseen}`} aria-hidden="true">
          ⊘ <span>{words.unseenPart[unseen]}</span>
        </span>
      )}
      <span class={`timeline-wire from-${left} span-${span} ${direction}`}>
        <span class="timeline-text">
          <b>{said.title}</b>{' '}
          <i class={unseen === 'mask' ? 'is-pair' : undefined}>
            <Detail detail={said.detail} unseen={unseen} isReplay={isReplay} />
            {span > 1 && <span class="timeline-past"> · {words.lanes.pastBoxes}</span>}
          </i>{' '}
          <small>
            <em class={`sender-${row.sender ?? ''}`}>{row.sender}</em>{' '}
            {formatCount(row.octets?.length ?? 0)} B
          </small>
        </span>
        <span class={`timeline-line ${isControl ? 'is-dashed' : ''}`} />
      </span>
    </>
  );
}

/** What is hidden whole is said first: a detail may be cut off at its end. Of a mask it is a remark. */
function Detail({
  detail,
  unseen,
  isReplay,
}: {
  readonly detail: string;
  readonly unseen: Unseen | undefined;
  readonly isReplay: boolean;
}) {
  if (unseen === undefined) return detail;
  const told = (isReplay ? wordsThen : words).unseen[unseen];
  if (unseen !== 'mask') return `${told} · ${detail}`;
  return (
    <>
      <span>{detail}</span> <span>· {told}</span>
    </>
  );
}

function Mark({
  item: { row, lane },
  said,
  isReplay,
}: {
  readonly item: TimelineItem & { type: 'mark' };
  readonly said: RowWords;
  readonly isReplay: boolean;
}) {
  if (lane === -1) return <PageMark row={row} said={said} />;
  const lost = lostAt(row);
  if (lost !== undefined) {
    return <LostMark lane={lane} lost={lost} said={said} isReplay={isReplay} />;
  }
  const side = row.vantage === 'server' ? 'at-server' : `at-lane-${lane}`;
  return (
    <span class={`timeline-note ${side} ${row.vantage === 'box' ? 'is-box' : ''}`}>
      <b>{said.title}</b> <i>{said.detail}</i>
    </span>
  );
}

/** What a box kept to itself: who never got it is told on that side of the box, the rest on the other. */
function LostMark({
  lane,
  lost,
  said,
  isReplay,
}: {
  readonly lane: number;
  readonly lost: NonNullable<ReturnType<typeof lostAt>>;
  readonly said: RowWords;
  readonly isReplay: boolean;
}) {
  const sides = [`before-lane-${lane}`, `at-lane-${lane}`] as const;
  const [noteSide, lostSide] = lost === 'server' ? sides : sides.toReversed();
  return (
    <>
      {lost === 'page' && (
        <span class="timeline-unseen is-lost" aria-hidden="true">
          ⊘
        </span>
      )}
      <span class={`timeline-note is-box ${noteSide}`}>
        <b>{said.title}</b> <i>{said.detail}</i>
      </span>{' '}
      <span class={`timeline-lost for-${lost} ${lostSide}`}>
        <span>
          {words.lost.unseen}
          <span class="timeline-lost-by"> {(isReplay ? wordsThen : words).lost[lost]}</span>
        </span>{' '}
        {lost === 'server' && <span aria-hidden="true">⊘</span>}
      </span>
    </>
  );
}

/** What a script does goes to the browser; whatever else it reports, it was told from there. */
const done = new Set(['ask', 'change', 'give-up', 'send', 'settings', 'start', 'stop', 'try']);

function PageMark({ row, said }: { readonly row: Row; readonly said: RowWords }) {
  const isHit = row.data['fromCache'] === true;
  const isMadeUp = row.data['name'] === 'close' && isLocalCode(row.data['code']);
  const direction = done.has(String(row.data['name'])) ? 'goes-right' : 'goes-left';
  return (
    <>
      <span class={`timeline-call ${direction}`}>
        <span class="timeline-line" />
      </span>
      {isHit && <span class="timeline-loop">↺</span>}
      {isMadeUp && (
        <span class="timeline-loop is-unseen" aria-hidden="true">
          ⊘
        </span>
      )}
      <span class="timeline-note at-page">
        <b>{said.title}</b>{' '}
        <i>
          {isMadeUp && `${words.codeNotOnTheWire} · `}
          {said.detail}
          {isHit && ` · ${words.nothingOnTheWire}`}
        </i>
      </span>
    </>
  );
}

function Divider({ row, said }: { readonly row: Row; readonly said: RowWords }) {
  return (
    <span class="timeline-rule">
      <span>
        {row.kind === 'ws.handshake' && row.data['accepted'] === true
          ? words.framesFromHere
          : `${said.title} · ${said.detail}`}
      </span>
    </span>
  );
}

/** Milliseconds of the run, with one decimal, and commas between thousands. */
function clock(t: number): string {
  return `${formatCount(Math.floor(t))}.${Math.floor((t % 1) * 10)}`;
}

/** What a row's place on the timeline says to the eye. */
function whereOf(row: Row, isReplay: boolean): string {
  const vantages = { ...words.vantages, page: frame.script[isReplay ? 'then' : 'now'] };
  const where = row.direction === undefined ? vantages[row.vantage] : words.ways[row.direction];
  return `Row ${row.number}, ${where}:`;
}
