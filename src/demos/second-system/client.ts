import type { Saw } from '#demo/workbench.ts';

/** How the fallback tier is told to treat who knocks. */
export type Door = { readonly shed: number; readonly wait: number; readonly spread: boolean };

/**
 * Knocks once at the fallback tier. Who is turned away may come back after so many seconds
 * (RFC 9110 §10.2.3), and no sooner: each knock costs the tier a request.
 */
export async function knock(address: string, door: Door, saw: Saw): Promise<void> {
  const query = `shed=${door.shed}&wait=${door.wait}&spread=${door.spread ? 'on' : 'off'}`;
  const response = await fetch(new URL(`poll?${query}`, address), { cache: 'no-store' });
  if (response.status !== 503 && !response.ok) {
    throw new Error(`it was answered with ${response.status}`);
  }
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN);
  saw('answered', {
    statusCode: response.status,
    ...(Number.isInteger(retryAfter) && { retryAfter }),
  });
}
