import { useEffect, useRef, useState } from 'preact/hooks';
import type { RowKind } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { listWords as words } from '#words/list.ts';
import type { BenchModel } from './bench-model.ts';
import type { ListedRows } from './listed-rows.ts';
import { isFiltering, type RowFilter } from './row-filter.ts';

type Props = {
  readonly model: BenchModel;
  readonly filter: RowFilter;
  readonly setFilter: (filter: RowFilter) => void;
  readonly listed: ListedRows;
};

const kinds: readonly RowKind[] = [
  'tcp.open',
  'tcp.fin',
  'tcp.close',
  'http.req.head',
  'http.req.body',
  'http.res.head',
  'http.res.body',
  'http.chunk',
  'h2.preface',
  'h2.frame',
  'sse.event',
  'ws.handshake',
  'ws.frame',
  'ws.message',
  'octets.unread',
  'app',
  'server',
  'box',
];
const directions = ['up', 'down'] as const;
const senders = ['BROWSER', 'TOOL', 'ROBOT', 'BOX', 'SERVER'] as const;

/** What the list shows, and how many rows that are. The order is that of time, always. */
export function ListFilter({ model, filter, setFilter, listed }: Props) {
  const search = useRef<HTMLInputElement>(null);
  return (
    <form
      class="list-filter"
      role="search"
      aria-label={words.filters}
      onSubmit={(event) => event.preventDefault()}
    >
      <label class="list-text">
        {words.text}
        <input
          ref={search}
          type="search"
          value={filter.text ?? ''}
          onInput={({ currentTarget: { value } }) =>
            setFilter(withOption(filter, 'text', value === '' ? undefined : value))
          }
        />
      </label>
      <Choice
        name={words.kind}
        chosen={filter.kind}
        options={kinds.map((kind) => [kind, kind])}
        choose={(kind) => setFilter(withOption(filter, 'kind', kind))}
      />
      <Choice
        name={words.direction}
        chosen={filter.direction}
        options={directions.map((direction) => [direction, words.directions[direction]])}
        choose={(direction) => setFilter(withOption(filter, 'direction', direction))}
      />
      <Choice
        name={words.sender}
        chosen={filter.sender}
        options={senders.map((sender) => [sender, sender])}
        choose={(sender) => setFilter(withOption(filter, 'sender', sender))}
      />
      <Choice
        name={words.hop}
        chosen={filter.hop}
        options={words.hops.map((name, hop) => [hop, name])}
        choose={(hop) => setFilter(withOption(filter, 'hop', hop))}
      />
      <Count length={model.store.byTime.length} filter={filter} listed={listed} />
      {isFiltering(filter) && (
        <button
          type="button"
          onClick={() => {
            setFilter({});
            // This button goes, and the keyboard's place must not go with it.
            search.current?.focus();
          }}
        >
          {words.clear}
        </button>
      )}
    </form>
  );
}

type CountProps = {
  /** Of all rows. */
  readonly length: number;
  readonly filter: RowFilter;
  readonly listed: ListedRows;
};

/** How many rows are listed: always to the eye, and to a screen reader once for each filter. */
function Count({ length, filter, listed }: CountProps) {
  const isWhole = listed.unseen === 0;
  const text = isFiltering(filter)
    ? words.countOf(formatCount(listed.length), formatCount(length))
    : words.count(formatCount(length));
  const [said, setSaid] = useState('');
  const saidFor = useRef(filter);
  useEffect(() => {
    if (!isWhole || saidFor.current === filter) return;
    saidFor.current = filter;
    setSaid(text);
  }, [filter, isWhole]);
  return (
    <>
      <p class="list-count">
        {text}
        {!isWhole && words.looking(formatCount(length - listed.unseen))}
      </p>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

function withOption<Name extends keyof RowFilter>(
  filter: RowFilter,
  name: Name,
  value: RowFilter[Name],
): RowFilter {
  const others = Object.entries(filter).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

type ChoiceProps<Value extends string | number> = {
  readonly name: string;
  readonly chosen: Value | undefined;
  readonly options: readonly (readonly [Value, string])[];
  readonly choose: (value: Value | undefined) => void;
};

function Choice<Value extends string | number>(props: ChoiceProps<Value>) {
  const { name, chosen, options, choose } = props;
  return (
    <label>
      {name}
      <select
        aria-label={name}
        value={String(chosen ?? '')}
        onChange={({ currentTarget }) =>
          choose(options.find(([value]) => String(value) === currentTarget.value)?.[0])
        }
      >
        <option value="">{words.all}</option>
        {options.map(([value, label]) => (
          <option key={value} value={String(value)}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
