import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import sirv from 'sirv';

import { DOCUMENT_SECURITY_FIELDS } from './answers.ts';
import { allowedScripts, contentSecurityPolicyField } from './content-security-policy.ts';
import { isEmbedTarget } from './embed.ts';

/** Answers a request from the built site. */
export type SiteFiles = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves the files that stand in a folder now: the list is made once, so no request reaches the file
 * system by a name of its own.
 */
export function createSiteFiles(folder: string): SiteFiles {
  const page404 = readPage404(folder);
  // The same on every page.
  const scripts = allowedScripts(page404.toString());
  const fields = {
    ...DOCUMENT_SECURITY_FIELDS,
    'Content-Security-Policy': contentSecurityPolicyField(scripts, "'none'"),
  };
  // Sites that isolate themselves frame only what allows it by both.
  const embedFields = {
    ...fields,
    'Content-Security-Policy': contentSecurityPolicyField(scripts, '*'),
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  const serve = existsSync(folder)
    ? sirv(folder, {
        etag: true,
        brotli: true,
        gzip: true,
        setHeaders: (response, path) => {
          response.setHeader('Cache-Control', cacheControlOf(path));
        },
      })
    : undefined;
  return (request, response) => {
    setFields(response, isEmbedTarget(request.url) ? embedFields : fields);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    // sirv answers half a range with the wrong end; nothing on the site needs ranges (RFC 9110 §14.2).
    delete request.headers.range;
    const answer404 = () => {
      setFields(response, fields);
      response.writeHead(404, {
        'Content-Type': 'text/html;charset=utf-8',
        'Cache-Control': 'no-cache',
        'Content-Length': page404.length,
      });
      response.end(request.method === 'HEAD' ? undefined : page404);
    };
    closeFileWith(response);
    if (serve === undefined || isHidden(request.url ?? '')) answer404();
    else serve(request, response, answer404);
  };
}

function setFields(response: ServerResponse, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) response.setHeader(name, value);
}

/** A client that leaves early would leave sirv's file open for good: `pipe` ends, the file does not. */
function closeFileWith(response: ServerResponse): void {
  response.once('pipe', (file: Readable) => {
    if (response.destroyed) file.destroy();
    response.once('close', () => file.destroy());
  });
}

/** Names of built assets carry a hash of their content; everything else is asked for again. */
function cacheControlOf(path: string): string {
  return path.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** Dotfiles and source maps stay where they are, also if a build should leave some behind. */
function isHidden(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  return /(?:\/|%2f)(?:\.|%2e)|\.map$/i.test(path);
}

function readPage404(folder: string): Buffer {
  const file = join(folder, '404.html');
  if (existsSync(file)) return readFileSync(file);
  return Buffer.from('<!doctype html><title>Not found</title><p>There is nothing at this address.');
}
