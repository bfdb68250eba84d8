import type { IncomingMessage } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';

type Resource = {
  version: number;
  changedAt: number;
  cacheControl: string;
  etag: boolean;
  lastModified: 'none' | 'ten-days-ago' | 'now';
  vary: string;
  down: boolean;
};

const TEN_DAYS_MS = 10 * 24 * 60 * 60 * 1000;
const resources = new WeakMap<DemoContext['run'], Resource>();

/** One resource whose caching fields the reader composes. The cache is the browser's own. */
export const demo: DemoServer = {
  async request(request, response, context) {
    const resource = resourceOf(context.run);
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'GET resource':
      case 'GET readers/resource': {
        if (resource.down) {
          context.note('answer', { statusCode: 503, why: 'switched-off' }, context.connection);
          response.writeHead(503, { 'Content-Type': 'text/plain' }).end('The origin is down.\n');
          return;
        }
        const { statusCode, why } = evaluate(request, resource);
        context.note('answer', { statusCode, version: resource.version, why }, context.connection);
        response.writeHead(statusCode, fieldsOf(resource));
        response.end(statusCode === 304 ? undefined : contentOf(resource));
        return;
      }
      case 'PUT settings':
        Object.assign(resource, settingsFrom(await readJsonContent(request)));
        break;
      // At an address of its own no cache notices; at the resource's it must. RFC 9111 §4.4.
      case 'POST change':
      case 'POST resource':
        resource.version += 1;
        resource.changedAt = Date.now();
        break;
      default:
        throw new RequestError(404, 'Try GET resource, PUT settings or POST change.');
    }
    response.writeHead(204).end();
  },
};

/** Says whether what the client has stored still holds. RFC 9110 §13.2.2. */
function evaluate(request: IncomingMessage, resource: Resource) {
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    if (!resource.etag) return { statusCode: 200, why: 'etag-switched-off' };
    const matches = ifNoneMatch.split(',').some((tag) => isSameTag(tag.trim(), etagOf(resource)));
    return matches
      ? { statusCode: 304, why: 'etag-matches' }
      : { statusCode: 200, why: 'etag-differs' };
  }
  const ifModifiedSince = Date.parse(request.headers['if-modified-since'] ?? '');
  if (Number.isNaN(ifModifiedSince)) return { statusCode: 200, why: 'no-validator-sent' };
  const lastModified = lastModifiedOf(resource);
  if (lastModified === undefined) return { statusCode: 200, why: 'last-modified-switched-off' };
  return Date.parse(lastModified) <= ifModifiedSince
    ? { statusCode: 304, why: 'not-modified-since' }
    : { statusCode: 200, why: 'modified-since' };
}

/** The same for 200 and 304: a 304 brings the stored response up to date. RFC 9110 §15.4.5. */
function fieldsOf(resource: Resource): Record<string, string> {
  const lastModified = lastModifiedOf(resource);
  return {
    'Content-Type': 'text/plain; charset=utf-8',
    ...(resource.cacheControl !== '' && { 'Cache-Control': resource.cacheControl }),
    ...(resource.etag && { ETag: etagOf(resource) }),
    ...(lastModified !== undefined && { 'Last-Modified': lastModified }),
    ...(resource.vary !== '' && { Vary: resource.vary }),
  };
}

const etagOf = (resource: Resource) => `"version-${String(resource.version)}"`;

/** Weak comparison. RFC 9110 §8.8.3.2. */
const isSameTag = (tag: string, etag: string) => tag === '*' || tag.replace(/^W\//, '') === etag;

function lastModifiedOf({ lastModified, changedAt }: Resource): string | undefined {
  if (lastModified === 'none') return undefined;
  return new Date(changedAt - (lastModified === 'now' ? 0 : TEN_DAYS_MS)).toUTCString();
}

function contentOf({ version }: Resource): string {
  const line = 'These octets cross the wire only when a cache does not hold them already.\n';
  return `Version ${String(version)}\n${line.repeat(27)}`;
}

function resourceOf(run: DemoContext['run']): Resource {
  const resource: Resource = resources.get(run) ?? {
    version: 1,
    changedAt: Date.now(),
    cacheControl: '',
    etag: false,
    lastModified: 'none',
    vary: '',
    down: false,
  };
  resources.set(run, resource);
  return resource;
}

function settingsFrom(content: JsonObject) {
  const {
    cacheControl = '',
    etag = false,
    lastModified = 'none',
    vary = '',
    down = false,
  } = content;
  if (typeof cacheControl !== 'string' || !/^[\w\-=", ]{0,100}$/.test(cacheControl)) {
    throw new RequestError(400, 'cacheControl is directives such as "max-age=5, must-revalidate".');
  }
  if (typeof etag !== 'boolean') throw new RequestError(400, 'etag is true or false.');
  if (lastModified !== 'none' && lastModified !== 'ten-days-ago' && lastModified !== 'now') {
    throw new RequestError(400, 'lastModified is "none", "ten-days-ago" or "now".');
  }
  if (vary !== '' && vary !== 'accept-language' && vary !== '*') {
    throw new RequestError(400, 'vary is "", "accept-language" or "*".');
  }
  if (typeof down !== 'boolean') throw new RequestError(400, 'down is true or false.');
  return { cacheControl, etag, lastModified, vary, down };
}
