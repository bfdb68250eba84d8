import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Part } from '#capture/part-list.ts';
import { partsOf } from '#capture/parts.ts';
import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { words } from '#words/bench.ts';
import { words as views } from '#words/instrument.ts';
import { octetWords } from '#words/octets.ts';
import { partWords } from '#words/parts.ts';
import { AcceptKey } from './AcceptKey.tsx';
import type { BenchModel } from './bench-model.ts';
import { CacheView } from './CacheView.tsx';
import { Explanation } from './Explanation.tsx';
import { FieldList } from './FieldList.tsx';
import { FrameBits } from './FrameBits.tsx';
import { Inflated } from './Inflated.tsx';
import { octetTexts, partTone, type OctetForm } from './octet-text.ts';
import { sizeOf } from './part-size.ts';
import { watchPrint } from './print-rows.ts';
import { RelatedRows } from './RelatedRows.tsx';
import { RowNote } from './RowNote.tsx';
import { rowWords } from './row-words.ts';
import { Unmasking } from './Unmasking.tsx';
import { Violations } from './Violations.tsx';

/** So many octets are drawn at first, and so many more with each “show more”. */
const FIRST_OCTETS = 512;
const MORE_OCTETS = 4096;

/** The chosen row's octets, each of them belonging to a named part. */
export function OctetView({ model }: { readonly model: BenchModel }) {
  const row = model.store.row(model.selected.value);
  useEffect(() => watchPrint(model), [model]);
  return (
    <div class="octets" role="region" aria-label={words.bytesOf(model.demo.title)}>
      {row === undefined ? (
        <p class="octets-empty">{words.octetsEmpty}</p>
      ) : row.octets === undefined ? (
        <div class="octets-main" key={row.number}>
          <RowNote row={row} />
          <RelatedRows row={row} model={model} />
          <Inflated row={row} model={model} />
        </div>
      ) : (
        <Octets key={row.number} row={row} octets={row.octets} model={model} />
      )}
    </div>
  );
}

type Props = { readonly row: Row; readonly octets: Uint8Array; readonly model: BenchModel };

function Octets({ row, octets, model }: Props) {
  const isFrame = row.detail?.type === 'frame';
  const isBinary = isFrame || row.detail?.type === 'binary';
  const parts = useMemo(() => partsOf(row), [row]);
  const [active, setActive] = useState(() => firstTelling(parts));
  const [limit, setLimit] = useState(FIRST_OCTETS);
  const [form, setForm] = useState<OctetForm>(isBinary ? 'hex' : 'text');
  const fields = useRef<HTMLDivElement>(null);
  const id = `${model.id}-part`;
  const choose = (index: number) => {
    setActive(index);
    // What the keys stand on has to be in the document.
    const begin = Math.floor((parts[index]?.bitOffset ?? 0) / 8);
    if (begin >= limit) setLimit(begin + MORE_OCTETS);
  };
  const showMore = () => {
    setLimit(limit + MORE_OCTETS);
    // Then this button goes, and the keyboard's place must not go with it.
    if (limit + MORE_OCTETS >= octets.length) fields.current?.focus({ preventScroll: true });
  };
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(Math.min(parts.length - 1, Math.max(0, active + step)));
  };
  const option = (index: number) => ({
    id: `${id}-${index}`,
    role: 'option' as const,
    'aria-selected': index === active,
    'data-name': partName(parts[index]),
    onPointerEnter: () => setActive(index),
    onClick: () => setActive(index),
  });
  return (
    <>
      <div class="octets-main">
        <OctetsHead
          row={row}
          octets={octets}
          isReplay={model.replay.value !== undefined}
          form={form}
          setForm={isBinary ? undefined : setForm}
        />
        <div
          class="octets-fields"
          ref={fields}
          role="listbox"
          tabIndex={0}
          aria-label="Fields; the arrow keys walk them"
          aria-activedescendant={`${id}-${active}`}
          onKeyDown={walk}
        >
          {isFrame && <FrameBits parts={parts} octets={octets} option={option} />}
          <div class={`octets-${form}`} role="presentation">
            {isFrame && <FirstOctets octets={octets} />}
            {octetTexts(row, parts, limit, form).map(({ index, text, after }) => (
              <span key={index} role="presentation">
                <span
                  class={`part part-${partTone(parts[index]!.name)} is-${parts[index]!.name}`}
                  {...option(index)}
                  {...(text.trim() === '' && { 'aria-label': partName(parts[index]) })}
                >
                  {text}
                </span>
                {after}
              </span>
            ))}
          </div>
        </div>
        {octets.length > limit && (
          <p class="octets-cut">
            {formatCount(limit)} of {formatCount(octets.length)} bytes are drawn.{' '}
            <button type="button" onClick={showMore}>
              Show more
            </button>
          </p>
        )}
        <RelatedRows row={row} model={model} />
        <Violations row={row} />
        {row.detail?.type === 'frame' && <Unmasking frame={row.detail.frame} />}
        <Inflated row={row} model={model} />
        <AcceptKey row={row} model={model} />
        <CacheView row={row} model={model} />
        <FieldList parts={parts} active={active} choose={choose} />
      </div>
      <Explanation parts={parts} active={active} />
    </>
  );
}

/** The masking key is what the first look should fall on; otherwise what tells most. */
function firstTelling(parts: readonly Part[]): number {
  const telling = ['masking-key', 'payload-data', 'status-code', 'request-target', 'event-value'];
  const found = [...telling, 'hpack-value', 'hpack-indexed', 'setting-identifier']
    .map((name) => parts.findIndex((part) => part.name === name))
    .find((index) => index >= 0);
  return found ?? 0;
}

function OctetsHead({
  row,
  octets,
  isReplay,
  form,
  setForm,
}: {
  readonly row: Row;
  readonly octets: Uint8Array;
  readonly isReplay: boolean;
  readonly form: OctetForm;
  readonly setForm: ((form: OctetForm) => void) | undefined;
}) {
  const { title } = rowWords(row);
  const senders = isReplay ? { ...views.senders, ...views.sendersThen } : views.senders;
  return (
    <div class="octets-head">
      <h3>{octetWords.rowTitle(row.number, title)}</h3>
      <p>
        {formatCount(octets.length)} bytes {row.direction === 'up' ? 'up' : 'down'}
        {row.sender !== undefined && ` · sent ${senders[row.sender]} (${row.sender})`}
      </p>
      {setForm !== undefined && (
        <button
          type="button"
          aria-pressed={form === 'hex'}
          onClick={() => setForm(form === 'hex' ? 'text' : 'hex')}
        >
          Hex
        </button>
      )}
    </div>
  );
}

/** The two octets that the bits above spell. */
function FirstOctets({ octets }: { readonly octets: Uint8Array }) {
  return (
    <span class="octets-first" aria-hidden="true">
      {[...octets.subarray(0, 2)].map((octet, index) => (
        <span key={index} class={`part part-${index === 0 ? 'ws' : 'http'}`}>
          {octet.toString(16).padStart(2, '0')}
        </span>
      ))}
    </span>
  );
}

/** Precedes the part's octets in its accessible name; the style sheet puts it there. */
const partName = (part: Part | undefined): string =>
  part === undefined ? '' : `${partWords[part.name].title}, ${sizeOf(part)}: `;
