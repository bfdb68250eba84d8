import type { Row } from '#capture/row.ts';
import { hexFromOctets, octetsFromLatin1, latin1FromOctets } from '#protocol/octets.ts';
import { sha1 } from '#protocol/websocket/sha1.ts';

/** How far the last handshake has come. */
export type Progress = {
  /** Of the last handshake that the server held. */
  readonly key: string | undefined;
  /** What the page was told of it, last. */
  readonly state: 'none' | 'connecting' | 'open' | 'refused' | 'closed';
};

/** Reads the progress from the rows: the key from the octets, the rest as the page was told. */
export function progressOf(rows: readonly Row[]): Progress {
  const named = (row: Row, ...names: string[]) =>
    row.kind === 'app' && names.includes(String(row.data['name']));
  const begin = rows.findLast((row) => named(row, 'connect'));
  if (begin === undefined) return { key: undefined, state: 'none' };
  // By time: the wire's own account may be here before the page's word is.
  const since = rows.filter(({ t }) => t >= begin.t);
  const request = since.find(
    ({ kind, data }) => kind === 'http.req.head' && isHandshake(data['requestTarget']),
  );
  const fields = request?.data['fields'] as Readonly<Record<string, string>> | undefined;
  const opened = since.some((row) => named(row, 'open'));
  const closed = since.some((row) => named(row, 'close'));
  const state = closed ? (opened ? 'closed' : 'refused') : opened ? 'open' : 'connecting';
  return { key: fields?.['sec-websocket-key'], state };
}

/** Both steps from a text to an accept value; `undefined` for text that is not Latin-1. */
export function workOut(text: string): { digest: string; base64: string } | undefined {
  if (Array.from(text).some((character) => character > '\u00ff')) return undefined;
  const octets = sha1(octetsFromLatin1(text));
  return { digest: hexFromOctets(octets, ' '), base64: btoa(latin1FromOctets(octets)) };
}

/** The heads of the last handshake as they crossed the wire, each line a text; undefined while one is not there. */
export function headsOf(
  rows: readonly Row[],
): Readonly<Record<'request' | 'response', string | undefined>> {
  const request = rows.findLast(
    ({ kind, data }) => kind === 'http.req.head' && isHandshake(data['requestTarget']),
  );
  const response = rows.findLast(
    ({ kind, number, data }) =>
      kind === 'http.res.head' &&
      isHandshake(data['requestTarget']) &&
      number > (request?.number ?? Infinity),
  );
  return { request: textOf(request), response: textOf(response) };
}

const isHandshake = (requestTarget: unknown): boolean =>
  String(requestTarget).endsWith('/by-hand/ws');

/** What was covered before it was stored stands there as dots, and so does what is no ASCII. */
function textOf(row: Row | undefined): string | undefined {
  if (row?.octets === undefined) return undefined;
  return latin1FromOctets(row.octets)
    .replaceAll('\r\n', '\n')
    .replace(/[^\n -~]/g, '•');
}
