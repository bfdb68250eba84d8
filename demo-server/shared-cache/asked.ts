import type { IncomingMessage, ServerResponse } from 'node:http';

import { parseCacheControl, type CacheControl } from '#protocol/http-cache/cache-control.ts';
import type { BoxContext } from '#demo-server/box.ts';

import { cacheKey } from './cache-key.ts';
import { saidBy, type Said } from './decision-words.ts';
import { combined, type Fields } from './stored-entry.ts';

/** A request at the cache, with what is read off it once. */
export type Asked = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: BoxContext;
  readonly method: string;
  readonly fields: Fields;
  /** Its `Cache-Control`. */
  readonly wanted: CacheControl;
  readonly key: string;
};

/** Reads what the cache needs of a request. */
export function readAsked(
  request: IncomingMessage,
  response: ServerResponse,
  context: BoxContext,
): Asked {
  const fields = combined(request.rawHeaders);
  return {
    request,
    response,
    context,
    method: request.method ?? '',
    fields,
    wanted: parseCacheControl(fields['cache-control']),
    key: cacheKey(fields['host'] ?? '', context.requestTarget),
  };
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Says why a request goes past the store; `undefined` for one that it may answer. */
export function bypassOf({ method, fields }: Asked): Said | undefined {
  const has = (name: string) => fields[name] !== undefined;
  if (!SAFE.has(method)) return saidBy('UNSAFE_METHOD');
  if (method !== 'GET' && method !== 'HEAD') return saidBy('METHOD_NOT_STORED');
  if (has('upgrade')) return saidBy('UPGRADE');
  if (has('range') || has('if-range')) return saidBy('RANGE');
  if (has('if-match') || has('if-unmodified-since')) return saidBy('ORIGIN_PRECONDITION');
  const hasContent = has('transfer-encoding') || Number(fields['content-length'] ?? 0) > 0;
  return hasContent ? saidBy('REQUEST_CONTENT') : undefined;
}
