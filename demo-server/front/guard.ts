import type { IncomingMessage } from 'node:http';

import type { Addresses } from './addresses.ts';
import { isEmbedTarget } from './embed.ts';
import { isOwnPath } from './own-paths.ts';

/**
 * Who may come in. It reads `rawHeaders` only, because `headers` hides a second Host, and it is asked
 * for requests and upgrades alike, because Node checks Host on neither upgrades nor second listeners.
 */

/** What to answer instead, with an empty content and `Connection: close`. */
export type Refusal = { readonly statusCode: 400 | 403 | 501 | 505 };

/** The part of a request that decides. */
export type RequestFacts = Pick<IncomingMessage, 'method' | 'url' | 'httpVersion' | 'rawHeaders'>;

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']); // RFC 9110 §9.2.1
const FOREIGN_SITES = new Set(['cross-site', 'same-site']);

/**
 * Returns why a request or an upgrade must not be served, `undefined` when it may.
 *
 * @param versions of HTTP; only our own box `http10` asks with another than 1.1
 */
export function refusalOf(
  request: RequestFacts,
  kind: 'request' | 'upgrade',
  addresses: Addresses,
  versions: readonly string[] = ['1.1'],
): Refusal | undefined {
  if (!versions.includes(request.httpVersion)) return { statusCode: 505 };
  if (request.url?.startsWith('/') !== true) return { statusCode: 400 };
  const [host, secondHost] = valuesOf(request, 'host');
  if (host === undefined || secondHost !== undefined) return { statusCode: 403 };
  if (!addresses.hosts.has(host.toLowerCase())) return { statusCode: 403 };
  const mayChangeState = kind === 'upgrade' || !SAFE_METHODS.has(request.method ?? '');
  if (mayChangeState && !isFromOurPage(request, addresses)) return { statusCode: 403 };
  if (isFetchedByAnotherSite(request, kind)) return { statusCode: 403 };
  return framingRefusal(request, kind);
}

function isFromOurPage(request: RequestFacts, addresses: Addresses): boolean {
  const [origin, secondOrigin] = valuesOf(request, 'origin');
  return origin !== undefined && secondOrigin === undefined && addresses.origins.has(origin);
}

/** What a browser says that it wants a page for when it is for a frame. */
const FRAMES = new Set(['iframe', 'frame']);

/**
 * A link from elsewhere may open a page at the top level, and a frame elsewhere a page that is made
 * for it; nothing else may be asked from elsewhere.
 */
function isFetchedByAnotherSite(request: RequestFacts, kind: 'request' | 'upgrade'): boolean {
  if (!valuesOf(request, 'sec-fetch-site').some((site) => FOREIGN_SITES.has(site))) return false;
  const destination = valuesOf(request, 'sec-fetch-dest').join();
  const opensPage =
    kind === 'request' &&
    request.method === 'GET' &&
    valuesOf(request, 'sec-fetch-mode').join() === 'navigate' &&
    (destination === 'document' || (FRAMES.has(destination) && isEmbedTarget(request.url)));
  return !opensPage || isOwnPath(request.url);
}

/** Refuses what two readers of one stream could frame differently. RFC 9112 §6.1, §11.2. */
function framingRefusal(request: RequestFacts, kind: 'request' | 'upgrade'): Refusal | undefined {
  const codings = valuesOf(request, 'transfer-encoding');
  if (codings.some((coding) => coding.toLowerCase() !== 'chunked')) return { statusCode: 501 };
  const lengths = valuesOf(request, 'content-length');
  const hasContent = codings.length > 0 || lengths.some((length) => Number(length) !== 0);
  const takesNone =
    kind === 'upgrade' || request.method === undefined || SAFE_METHODS.has(request.method);
  return takesNone && hasContent ? { statusCode: 400 } : undefined;
}

function valuesOf(request: RequestFacts, lowerName: string): string[] {
  return request.rawHeaders.filter(
    (_, index, raw) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === lowerName,
  );
}
