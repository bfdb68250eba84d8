import type { Row } from '#capture/row.ts';
import { WITHHELD_OCTET } from '#capture/wire-event.ts';

/** One request and its answer, measured on the wire. Lengths are octets. */
export type Exchange = {
  readonly sender: string;
  readonly requestHead: number;
  readonly statusCode: number | undefined;
  readonly responseHead: number | undefined;
  readonly content: number | undefined;
};

/** All exchanges of a run, in the order of their requests. */
export function exchangesOf(rows: readonly Row[]): Exchange[] {
  return rows
    .filter(({ kind }) => kind === 'http.req.head')
    .map((request) => {
      const response = rows.find(
        ({ kind, answers }) => kind === 'http.res.head' && answers === request.number,
      );
      const content = rows.find(
        ({ kind, answers }) => kind === 'http.res.body' && answers === response?.number,
      );
      return {
        sender: request.sender ?? '',
        requestHead: request.octets?.length ?? 0,
        statusCode: response?.data['statusCode'] as number | undefined,
        responseHead: response?.octets?.length,
        content: response && (content?.octets?.length ?? 0),
      };
    });
}

/** Fields that the robot writes, or leaves out, by itself. */
const NOT_TAKEN = new Set(['host', 'origin', 'te', 'expect']);

/**
 * The field lines of the browser's last request, to be edited. A value that the capture withholds is
 * replaced by as many x: the robot then sends as many octets as the browser did.
 */
export function linesOfBrowser(rows: readonly Row[]): string[] {
  const request = rows.findLast(
    ({ kind, sender }) => kind === 'http.req.head' && sender === 'BROWSER',
  );
  if (request?.octets === undefined) return [];
  const octets = request.octets.map((octet) => (octet === WITHHELD_OCTET ? 0x78 : octet));
  const [, ...lines] = new TextDecoder('latin1').decode(octets).split('\r\n');
  return lines.filter((line) => {
    const [name = ''] = line.split(':');
    return line !== '' && !NOT_TAKEN.has(name.toLowerCase());
  });
}

/** Octets of the robot's request: start line, Host, field lines and the empty line. */
export function requestLength(
  requestTarget: string,
  host: string | undefined,
  lines: readonly string[],
): number {
  const all = [
    `GET ${requestTarget} HTTP/1.1`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...lines,
    '',
    '',
  ];
  return new TextEncoder().encode(all.join('\r\n')).length;
}
