import type { Saw } from '#demo/workbench.ts';

/** The list as somebody has loaded it. */
export type Loaded = { readonly text: string; readonly etag: string | undefined };

/** Reads the list, and the name of the version that it is. */
export async function load(address: string, who: string, saw: Saw): Promise<Loaded> {
  const response = await fetch(new URL('list', address));
  const { text } = (await response.json()) as { text: string };
  const etag = response.headers.get('ETag') ?? undefined;
  saw('loaded', { who, text, etag });
  return { text, etag };
}

/**
 * Replaces the list.
 *
 * @param ifMatch the version that it has to be still; undefined: whatever it is by now
 * @returns the new version's name, or undefined when the list has changed since.
 */
export async function save(
  address: string,
  who: string,
  text: string,
  ifMatch: string | undefined,
  saw: Saw,
): Promise<string | undefined> {
  const response = await fetch(new URL('list', address), {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/json',
      ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
    },
    body: JSON.stringify({ text }),
  });
  const isSaved = response.ok;
  saw(isSaved ? 'saved' : 'not-saved', { who, text, statusCode: response.status });
  if (!isSaved && response.status !== 412) throw new Error(`answered with ${response.status}`);
  return isSaved ? (response.headers.get('ETag') ?? undefined) : undefined;
}
