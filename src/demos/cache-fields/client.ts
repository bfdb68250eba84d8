import { nextTiming } from '#demo/resource-timing.ts';
import type { Saw } from '#demo/workbench.ts';

/** What the server shall say about its resource from now on. */
export type Settings = {
  readonly cacheControl: string;
  readonly etag: boolean;
  readonly lastModified: string;
  readonly vary: string;
  /** It answers 503 to whoever asks for the resource. */
  readonly down: boolean;
};

/** One load, as the page saw it. */
export type Load = {
  readonly statusCode: number;
  /** Absent when the origin's failure came through. */
  readonly version: number | undefined;
  readonly headers: Headers;
  readonly durationMs: number;
  /** By Resource Timing: 0 from the cache, and 300 for any 304, whatever it took. */
  readonly transferSize: number | undefined;
  readonly deliveryType: string | undefined;
};

/**
 * Loads the resource. Whether this sends anything is the browser's business, and `fetch` does not
 * say: a stored answer looks like a new one, and so does one that a 304 has confirmed.
 */
export async function load(address: string, cache: RequestCache): Promise<Load> {
  const url = new URL('resource', address).href;
  const timing = nextTiming(url);
  const start = performance.now();
  const response = await fetch(url, { cache });
  const text = await response.text();
  const durationMs = performance.now() - start;
  const entry = await timing;
  return {
    statusCode: response.status,
    version: response.ok ? Number(/\d+/.exec(text)?.[0]) : undefined,
    headers: response.headers,
    durationMs,
    transferSize: entry?.transferSize,
    deliveryType: entry && 'deliveryType' in entry ? String(entry.deliveryType) : undefined,
  };
}

/** The demo's address behind the boxes of a path. */
export function addressOn(path: string, address: string): string {
  return path === 'direct' ? address : new URL(`via/${path}/`, address).href;
}

/** Says which fields the server shall send with the resource. */
export async function changeSettings(address: string, settings: Settings, saw: Saw): Promise<void> {
  saw('settings', settings);
  await fetch(new URL('settings', address), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(settings),
  });
}

/** Makes a new version of the resource. No cache hears of it. */
export async function changeResource(address: string, saw: Saw): Promise<void> {
  saw('change');
  await fetch(new URL('change', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
}
