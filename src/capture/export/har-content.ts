import type { Row } from '#capture/row.ts';
import { concatOctets } from '#protocol/octets.ts';
import { base64FromOctets } from './base64.ts';
import type { HarContent, HarPostData } from './har-format.ts';

const LF = 0x0a;
const TEXTUAL =
  /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml)\b|application\/(?:javascript|x-www-form-urlencoded)\b)/i;

/** Joins what was captured of a message's content: its body, or the data of its chunks so far. */
export function contentOf(rows: readonly Row[]): Uint8Array {
  return concatOctets(
    rows.flatMap((row) => {
      if (row.octets === undefined) return [];
      if (row.kind === 'http.chunk') return [chunkData(row, row.octets)];
      return row.kind === 'http.req.body' || row.kind === 'http.res.body' ? [row.octets] : [];
    }),
  );
}

/** RFC 9112 §7.1: the data stands behind the line with its size. */
function chunkData(row: Row, octets: Uint8Array): Uint8Array {
  const start = octets.indexOf(LF) + 1;
  const length = row.data['dataLength'];
  return octets.subarray(start, start + (typeof length === 'number' ? length : 0));
}

/** A response's content: text where it is one, otherwise base64. */
export function harContent(octets: Uint8Array, size: number, mimeType: string): HarContent {
  const about = { size, mimeType };
  if (octets.length === 0) return about;
  const text = TEXTUAL.test(mimeType) ? utf8From(octets) : undefined;
  return text === undefined
    ? { ...about, text: base64FromOctets(octets), encoding: 'base64' }
    : { ...about, text };
}

/** A request's content. HAR 1.2 has no encoding here, so base64 is told in a field of its own. */
export function harPostData(octets: Uint8Array, mimeType: string): HarPostData {
  const text = utf8From(octets);
  return text === undefined
    ? { mimeType, params: [], text: base64FromOctets(octets), _encoding: 'base64' }
    : { mimeType, params: [], text };
}

/** @returns `undefined` when the octets are not UTF-8 from the first to the last. */
function utf8From(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}
