import type { DemoDefinition } from '#demo/definition.ts';
import { addressWords } from '#words/address.ts';
import type { LaneChoice } from './lanes.ts';
import { TABS, type Tab } from './tabs.ts';

/** What of a bench's view an address can hold, beside the demo's parameters. */
export type ViewState = {
  readonly tab?: Tab;
  /** Shows the demo's recording, although a server may be there. */
  readonly show?: 'recording';
  /** Number of the chosen row. Those of a recording are the same for everybody. */
  readonly row?: number;
  /** Id of the open challenge. */
  readonly challenge?: string;
  readonly projector?: 'on';
  /** What a projected timeline shows. */
  readonly lane?: LaneChoice;
};

/** Each that there can be: a path has at most four boxes. */
const lanes: readonly LaneChoice[] = [
  'page',
  'hop-1',
  'hop-2',
  'hop-3',
  'hop-4',
  'hop-5',
  'server',
  'all',
];

/** No demo may call a parameter by one of these. */
export const VIEW_NAMES = ['tab', 'show', 'row', 'challenge', 'projector', 'lane'] as const;

type Read = { readonly view: ViewState; readonly problems: readonly string[] };

/**
 * Reads the view out of a query: `?<demo>.tab=list`. What is not known is left out, and named in
 * `problems` by a sentence for the reader.
 */
export function parseView(demo: DemoDefinition, search: string): Read {
  const query = new URLSearchParams(search);
  const problems: string[] = [];
  const read = <T>(name: (typeof VIEW_NAMES)[number], known: (text: string) => T | undefined) => {
    const text = query.get(`${demo.id}.${name}`);
    const value = text === null ? undefined : known(text);
    if (text !== null && value === undefined) {
      problems.push(addressWords.unknown(name, cut(text), choicesOf(demo, name)));
    }
    return value === undefined ? {} : { [name]: value };
  };
  const view: ViewState = {
    ...read('tab', (text) => TABS.find((tab) => tab === text)),
    ...read('show', (text) => (text === 'recording' ? text : undefined)),
    ...read('row', (text) => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined)),
    ...read('challenge', (text) => demo.challenges.find(({ id }) => id === text)?.id),
    ...read('projector', (text) => (text === 'on' ? text : undefined)),
    ...read('lane', (text) => lanes.find((lane) => lane === text)),
  };
  return { view, problems };
}

function choicesOf(demo: DemoDefinition, name: (typeof VIEW_NAMES)[number]): string {
  switch (name) {
    case 'tab':
      return TABS.join(', ');
    case 'show':
      return 'recording';
    case 'row':
      return 'a number';
    case 'challenge':
      return demo.challenges.map(({ id }) => id).join(', ') || 'none';
    case 'projector':
      return 'on';
    case 'lane':
      return lanes.join(', ');
  }
}

/** Writes a view into a query that holds the demo's parameters already. */
export function serializeView(demo: string, view: ViewState, search: string): string {
  const query = new URLSearchParams(search);
  for (const name of VIEW_NAMES) {
    const value = view[name];
    if (value === undefined) query.delete(`${demo}.${name}`);
    else query.set(`${demo}.${name}`, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Names what an address sets for demos that are not on the page. */
export function strangersIn(search: string, demos: readonly string[]): string[] {
  const names = [...new URLSearchParams(search).keys()].filter((key) => {
    const [, demo] = /^([a-z][\w-]*)\./i.exec(key) ?? [];
    return demo !== undefined && !demos.includes(demo);
  });
  return [...new Set(names)].map((name) => addressWords.stranger(cut(name), demos.join(', ')));
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
