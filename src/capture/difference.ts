import type { Row } from './row.ts';

/** What two rows of one kind say differently. */
export type Difference =
  | { readonly type: 'octets'; readonly here: number; readonly there: number }
  /** A value of the rows’ data, as text; empty: that row has none. */
  | { readonly type: 'value'; readonly name: string; readonly here: string; readonly there: string }
  /** Names of fields that one head alone has, and of those whose values differ. */
  | { readonly type: 'fields-here' | 'fields-there' | 'fields'; readonly names: readonly string[] };

/** What of a row is compared: nothing that is other in every run, as keys, dates and times are. */
export type Telling = {
  readonly octets: number;
  readonly values: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, string>;
};

/** Reads what of a row is compared. */
export function tellingOf({ octets, vantage, data }: Row): Telling {
  // Our decoders wrote these. What a page or a program noted is as a capsule has it, and may be anything.
  const isOurs = vantage === 'wire';
  const names = isOurs
    ? wireValues
    : Object.keys(data).filter((name) => isTelling(name, data[name]));
  const values = new Map<string, string>();
  for (const name of names) {
    const value = data[name];
    if (value !== undefined)
      values.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  const broken = ((isOurs && data['violations']) || []) as readonly { readonly code: string }[];
  if (broken.length > 0) values.set('violations', broken.map(({ code }) => code).join(', '));
  const fields = Object.entries(((isOurs && data['fields']) || {}) as Record<string, string>);
  return {
    octets: octets?.length ?? 0,
    values,
    fields: new Map(fields.map(([name, value]) => [name, comparable(name, value)])),
  };
}

/** Says what two rows of one kind say differently. */
export function differencesOf(here: Telling, there: Telling): readonly Difference[] {
  const differences: Difference[] = [];
  if (here.octets !== there.octets) {
    differences.push({ type: 'octets', here: here.octets, there: there.octets });
  }
  for (const name of new Set([...here.values.keys(), ...there.values.keys()])) {
    const [one = '', other = ''] = [here.values.get(name), there.values.get(name)];
    if (one !== other) differences.push({ type: 'value', name, here: one, there: other });
  }
  const [ours, theirs] = [[...here.fields.keys()], [...there.fields.keys()]];
  const groups = [
    ['fields-here', ours.filter((name) => !there.fields.has(name))],
    ['fields-there', theirs.filter((name) => !here.fields.has(name))],
    [
      'fields',
      ours.filter(
        (name) => there.fields.has(name) && there.fields.get(name) !== here.fields.get(name),
      ),
    ],
  ] as const;
  for (const [type, names] of groups) if (names.length > 0) differences.push({ type, names });
  return differences;
}

/** Fields whose values come from a clock, a die, or the place of the server. */
const ownOfEachRun = new Set([
  ':authority',
  ':path',
  'age',
  'cookie',
  'date',
  'etag',
  'expires',
  'host',
  'if-modified-since',
  'if-none-match',
  'last-modified',
  'origin',
  'referer',
  'sec-websocket-accept',
  'sec-websocket-key',
  'set-cookie',
]);

/** Of a value that is other in every run, or that was blotted out, only the length is compared. */
const comparable = (name: string, value: string): string =>
  ownOfEachRun.has(name) || value.includes('•') ? '•'.repeat(value.length) : value;

/** Plain values that say what a thing on the wire is. */
const wireValues = [
  'statusCode',
  'httpVersion',
  'chunked',
  'complete',
  'accepted',
  'fin',
  'rsv1',
  'rsv2',
  'rsv3',
  'masked',
  'payloadLength',
  'closeCode',
  'closeReason',
  'text',
  'compressed',
  'fragments',
  'flags',
  'settings',
  'errorCode',
  'hadError',
] as const;

/** What programs note as numbers is measured or counted, but for these. */
const noteNumbers = new Set(['code', 'closeCode', 'length', 'status', 'statusCode']);
/** Texts in notes that are other in every run. */
const noteTexts = new Set(['accept', 'etag', 'id', 'key', 'name', 'origin', 'server', 'words']);

function isTelling(name: string, value: unknown): boolean {
  if (typeof value === 'number') return noteNumbers.has(name);
  return typeof value === 'boolean' || (typeof value === 'string' && !noteTexts.has(name));
}
