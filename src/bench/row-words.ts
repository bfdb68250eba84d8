import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { http2FrameWords } from './http2-words.ts';
import { dataText } from './row-data.ts';
import { tlsRecordWords } from './tls-words.ts';
import { visibleText } from './visible-text.ts';

/** A colour by role, always doubled by shape or word. */
export type Tone = 'http' | 'ws' | 'control' | 'cache' | 'fault' | 'plain';

/** A row in words: for the timeline, the list and screen readers. Text only, nothing hidden in it. */
export type RowWords = {
  readonly title: string;
  readonly detail: string;
  readonly tone: Tone;
};

/** Says what a row is. */
export function rowWords(row: Row): RowWords {
  const { title, detail = '', tone = 'plain' } = describe(row);
  return { title: visibleText(title), detail: visibleText(detail), tone };
}

type Draft = { readonly title: string; readonly detail?: string; readonly tone?: Tone };

function describe({ kind, data, octets, direction, connection }: Row): Draft {
  const text = (name: string) => dataText(data, name);
  switch (kind) {
    case 'http.req.head':
      return {
        title: `${text('method')} ${shortTarget(text('requestTarget'))}`,
        detail: notable(data),
        tone: 'http',
      };
    case 'http.res.head':
      return {
        title: `${text('statusCode')} ${text('reasonPhrase')}`.trim(),
        detail:
          data['revalidates'] === undefined
            ? notable(data)
            : `the stored 200 of row ${text('revalidates')} is good again`,
        tone: responseTone(data['statusCode']),
      };
    case 'http.req.body':
    case 'http.res.body':
      return {
        title: octets === undefined ? 'body complete' : 'body',
        detail: `${formatCount(Number(data['length']))} bytes`,
        tone: 'http',
      };
    case 'http.chunk':
      return {
        title: data['size'] === 0 ? 'last chunk' : 'chunk',
        detail: bytes(octets),
        tone: 'http',
      };
    case 'h2.preface':
      return { title: 'HTTP/2 preface', detail: 'PRI * HTTP/2.0', tone: 'control' };
    case 'h2.frame':
      return http2FrameWords(data);
    case 'tls.record':
      return tlsRecordWords(data);
    case 'sse.event':
      return { title: `event ${text('id')}`.trim(), detail: text('data'), tone: 'http' };
    case 'ws.handshake':
      return data['accepted'] === true
        ? { title: 'upgraded', detail: `from here on, frames${strictly(data)}`, tone: 'ws' }
        : {
            title: 'upgrade not accepted',
            detail: `status ${text('statusCode')}${strictly(data)}`,
            tone: 'fault',
          };
    case 'ws.frame':
      return within(data, frameWords(data));
    case 'ws.message':
      return messageWords(data);
    case 'octets.unread':
      return { title: 'not read', detail: bytes(octets), tone: 'fault' };
    case 'tcp.open':
      return {
        title: `TCP connection ${connection ?? ''} opened`,
        detail: text('box') && `by ${text('box')}`,
      };
    case 'tcp.fin':
      return {
        title: 'FIN',
        detail: direction === 'up' ? 'the client sends no more' : 'the server sends no more',
      };
    case 'tcp.close':
      return data['hadError'] === true
        ? { title: 'TCP connection broken', tone: 'fault' }
        : { title: 'TCP connection closed' };
    case 'dropped':
      return data['by'] === 'page'
        ? {
            title: `${formatCount(Number(data['rows']))} older rows were dropped here`,
            detail: 'this page keeps a bounded part of a run',
            tone: 'fault',
          }
        : {
            title: `${formatCount(Number(data['events']))} older events were dropped here`,
            detail: 'the server keeps a bounded part of each run',
            tone: 'fault',
          };
    case 'app':
      return appWords(data);
    case 'server':
    case 'box':
      // A cache says itself by which rule it does what it does.
      if (text('name').startsWith('cache-') && text('words') !== '') {
        const title = text('outcome') || text('name').replace('cache-', '');
        return { title, detail: `${text('words')} ${text('section')}`, tone: 'cache' };
      }
      return {
        title: text('name'),
        detail: summary(data),
        tone: kind === 'box' ? 'fault' : 'plain',
      };
  }
}

/** Leaves out what is the same in every target of a run, and the boxes, which lanes are named after. */
function shortTarget(target: string): string {
  return target.replace(/^\/live\/[\w-]{22}\/[\w-]+\/(?:via\/[^/?]+\/)*/, '…/');
}

const responseTone = (statusCode: unknown): Tone =>
  statusCode === 304 ? 'cache' : Number(statusCode) >= 400 ? 'fault' : 'http';

/** Request and response fields that tell most, in the order of what they tell. */
const notableFields = [
  'upgrade',
  'if-none-match',
  'if-modified-since',
  'last-event-id',
  'cache-control',
  'etag',
  'last-modified',
];

function notable(data: Row['data']): string {
  const fields = (data['fields'] ?? {}) as Readonly<Record<string, string>>;
  const name = notableFields.find((field) => Object.hasOwn(fields, field));
  return name === undefined ? '' : `${titleCase(name)}: ${fields[name] ?? ''}`;
}

const titleCase = (name: string) =>
  name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace('Etag', 'ETag');

function frameWords(data: Row['data']): Draft {
  const opcode = Number(data['opcode']);
  const title = dataText(data, 'opcodeName') || `opcode ${opcode}`;
  const broken = breaksRule(data);
  const form = [
    data['fin'] === true ? 'FIN' : 'more follow',
    data['masked'] === true ? 'masked' : '',
    `len ${formatCount(Number(data['payloadLength']))}`,
  ];
  const detail =
    opcode === 8
      ? `${dataText(data, 'closeCode') || 'no code'} ${quoted(data['closeReason'])}`
      : `${quoted(data['text'])} ${form.filter(Boolean).join(' ')}`;
  return {
    title: broken ? `${title} (breaks a rule)` : title,
    detail: detail.trim(),
    tone: broken ? 'fault' : opcode >= 8 ? 'control' : 'ws',
  };
}

function messageWords(data: Row['data']): Draft {
  const broken = breaksRule(data);
  const title = `${dataText(data, 'type')} message`;
  const detail = [quoted(data['text']), fragments(data['fragments']), deflation(data)];
  return {
    title: broken ? `${title} (breaks a rule)` : title,
    detail: detail.filter(Boolean).join(' '),
    tone: broken ? 'fault' : 'ws',
  };
}

/** What the rules ask of a server, where this one did something else. */
function strictly({ accepted, statusCode, strictly: verdict }: Row['data']): string {
  const { answer, section } = (verdict ?? {}) as {
    readonly answer?: number | string;
    readonly section?: string;
  };
  if (answer === undefined || answer === (accepted === true ? 101 : statusCode)) return '';
  // Refusing what may be refused breaks nothing.
  if (answer === 101) return '';
  return answer === 'ordinary'
    ? `; by ${section} an ordinary request`
    : `; by ${section} it would be ${String(answer)}`;
}

/** What compression made of a message. */
function deflation(data: Row['data']): string {
  const { length, deflatedLength } = data;
  if (typeof deflatedLength !== 'number') return '';
  if (typeof length !== 'number') return 'not inflated';
  return `${formatCount(length)} bytes, deflated to ${formatCount(deflatedLength)}`;
}

const breaksRule = ({ violations }: Row['data']): boolean =>
  Array.isArray(violations) && violations.length > 0;

/** A WebSocket over HTTP/2 has its frames inside DATA. */
function within(data: Row['data'], words: Draft): Draft {
  if (data['transport'] !== 'h2') return words;
  return {
    ...words,
    detail: `${words.detail ?? ''} inside DATA, stream ${dataText(data, 'stream')}`,
  };
}

function appWords(data: Row['data']): Draft {
  const name = String(data['name']);
  if (name === 'load' && data['fromCache'] === true) {
    return { title: 'load', detail: `version ${String(data['version'])}`, tone: 'cache' };
  }
  const isFault = name === 'error' || name === 'give-up';
  return { title: name, detail: summary(data), tone: isFault ? 'fault' : 'plain' };
}

/** The values of a note, without names where they speak for themselves. */
function summary(data: Row['data']): string {
  return Object.entries(data)
    .filter(([name, value]) => name !== 'name' && value !== undefined && value !== '')
    .map(([name, value]) => {
      if (name === 'text' || name === 'reason') return quoted(value);
      if (name === 'durationMs') return `${Math.round(Number(value))} ms`;
      return typeof value === 'string' ? value : `${name} ${JSON.stringify(value)}`;
    })
    .join(', ');
}

const fragments = (count: unknown) => (Number(count) > 1 ? `of ${String(count)} fragments` : '');

const bytes = (octets: Uint8Array | undefined) => `${formatCount(octets?.length ?? 0)} bytes`;

function quoted(text: unknown): string {
  if (typeof text !== 'string') return '';
  if (text === '') return '(empty)';
  return text.length > 80 ? `“${text.slice(0, 80)}…”` : `“${text}”`;
}
