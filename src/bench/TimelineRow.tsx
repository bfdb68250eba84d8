import type { Row } from '#capture/row.ts';
import { formatCount, formatMs } from '#controls/number-format.ts';
import { words } from '#words/instrument.ts';
import type { BenchModel } from './bench-model.ts';
import { rowWords, type RowWords } from './row-words.ts';
import type { TimelineItem } from './timeline-layout.ts';

type Props = {
  readonly item: TimelineItem;
  /** What to add to its place for its place in the document. */
  readonly shift: number;
  readonly model: BenchModel;
  readonly isSelected: boolean;
};

/** One item of the timeline. Everything in it is drawn from text nodes and classes. */
export function TimelineRow({ item, shift, model, isSelected }: Props) {
  const style = { top: item.top + shift, height: item.height };
  if (item.type === 'silence') {
    return (
      <li class="timeline-silence" style={style}>
        <span>{formatMs(item.ms)} of silence</span>
      </li>
    );
  }
  const { row } = item;
  const said = rowWords(row);
  const classes = `timeline-${item.type} tone-${said.tone} ${isSelected ? 'is-selected' : ''} ${
    row.kind === 'tcp.open' ? 'is-tcp' : ''
  }`;
  return (
    <li class={classes} style={style}>
      <button
        type="button"
        data-row={row.number}
        tabIndex={isSelected ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => (model.chosen.value = row.number)}
      >
        <span class="visually-hidden">{whereOf(row)} </span>
        <span class="timeline-time">{clock(row.t)}</span>{' '}
        {item.type === 'arrow' && <Arrow item={item} said={said} />}
        {item.type === 'mark' && <Mark item={item} said={said} />}
        {item.type === 'divider' && <Divider row={row} said={said} />}
      </button>
    </li>
  );
}

function Arrow({
  item: { row, fromLane, toLane },
  said,
}: {
  readonly item: TimelineItem & { type: 'arrow' };
  readonly said: RowWords;
}) {
  const left = Math.min(fromLane, toLane);
  const direction = fromLane < toLane ? 'goes-right' : 'goes-left';
  const isControl = row.kind === 'ws.frame' && Number(row.data['opcode']) >= 9;
  const span = Math.abs(fromLane - toLane);
  return (
    <>
      {isControl && row.hop === 0 && <span class="timeline-unseen">⊘</span>}
      <span class={`timeline-wire from-${left} span-${span} ${direction}`}>
        <span class="timeline-text">
          <b>{said.title}</b>{' '}
          <i>
            {isControl && row.hop === 0 && `${words.neverSeen} · `}
            {said.detail}
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

function Mark({
  item: { row, lane },
  said,
}: {
  readonly item: TimelineItem & { type: 'mark' };
  readonly said: RowWords;
}) {
  if (lane === -1) return <PageMark row={row} said={said} />;
  const side = row.vantage === 'server' ? 'at-server' : `at-lane-${lane}`;
  return (
    <span class={`timeline-note ${side}`}>
      <b>{said.title}</b> <i>{said.detail}</i>
    </span>
  );
}

/** What a script does goes to the browser; whatever else it reports, it was told from there. */
const done = new Set(['ask', 'change', 'give-up', 'send', 'settings', 'start', 'stop', 'try']);

function PageMark({ row, said }: { readonly row: Row; readonly said: RowWords }) {
  const isHit = row.data['fromCache'] === true;
  const direction = done.has(String(row.data['name'])) ? 'goes-right' : 'goes-left';
  return (
    <>
      <span class={`timeline-call ${direction}`}>
        <span class="timeline-line" />
      </span>
      {isHit && <span class="timeline-loop">↺</span>}
      <span class="timeline-note at-page">
        <b>{said.title}</b>{' '}
        <i>{isHit ? `${said.detail} · ${words.nothingOnTheWire}` : said.detail}</i>
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

/** Milliseconds of the run, with one decimal, and thin spaces between thousands. */
function clock(t: number): string {
  return `${formatCount(Math.floor(t))}.${Math.floor((t % 1) * 10)}`;
}

const ways = { up: 'up, to the server', down: 'down, to the client' };

const vantages = {
  page: 'your script',
  wire: 'on the wire',
  box: 'box',
  server: 'server program',
};

/** What a row's place on the timeline says to the eye. */
function whereOf(row: Row): string {
  const where = row.direction === undefined ? vantages[row.vantage] : ways[row.direction];
  return `Row ${row.number}, ${where}:`;
}
