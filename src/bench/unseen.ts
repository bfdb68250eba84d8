import type { Row } from '#capture/row.ts';
import type { Rows } from './rows.ts';

/** What the wire shows and a page's script does not see. */
export type Unseen = 'control' | 'renewal' | 'mask';

/** Tells what of a row on the wire is invisible for the script, if it is the page's own. */
export function unseenOf(row: Row, rows: Pick<Rows, 'row'>): Unseen | undefined {
  if (row.hop !== 0 || row.sender === 'ROBOT') return undefined;
  if (row.kind === 'ws.frame') {
    if (Number(row.data['opcode']) >= 9) return 'control';
    return row.data['masked'] === true ? 'mask' : undefined;
  }
  return isRenewal(row, rows) ? 'renewal' : undefined;
}

/**
 * Whether a browser answers its script from its store after this 304.
 *
 * A script that sets `If-None-Match` itself gets the 304: the browser then leaves its store aside and
 * says so with `Cache-Control: no-cache` (WHATWG Fetch, HTTP-network-or-cache fetch).
 */
function isRenewal(row: Row, rows: Pick<Rows, 'row'>): boolean {
  if (row.kind !== 'http.res.head' || row.data['statusCode'] !== 304) return false;
  const fields = rows.row(row.answers)?.data['fields'] as Record<string, string> | undefined;
  return fields !== undefined && !/no-cache/.test(fields['cache-control'] ?? '');
}

/** RFC 6455 §7.4.1: these codes are for programs to tell what happened, and must not be sent. */
export function isLocalCode(code: unknown): boolean {
  return code === 1005 || code === 1006 || code === 1015;
}

/** Tells who did not get what a box kept to itself, if that is what a row says. */
export function lostAt({ kind, data }: Row): 'server' | 'page' | undefined {
  if (kind !== 'box') return undefined;
  switch (data['name']) {
    case 'request-swallowed':
      return 'server';
    case 'response-swallowed':
      return 'page';
    case 'octets-swallowed':
      return data['direction'] === 'down' ? 'page' : 'server';
    default:
      return undefined;
  }
}
