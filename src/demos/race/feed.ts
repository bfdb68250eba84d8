/** What a feed is made of. */
export type FeedSettings = {
  readonly seed: number;
  readonly rhythm: string;
  readonly everyMs: number;
  readonly events: number;
};

/** Makes the run's feed anew and returns its number. It waits to be begun. */
export async function makeFeed(address: string, settings: FeedSettings): Promise<number> {
  const body = JSON.stringify(settings);
  const headers = { 'Content-Type': 'application/json' };
  const response = await send(new URL('feed', address), { method: 'POST', headers, body });
  return ((await response.json()) as { feed: number }).feed;
}

/** Lets the events come. */
export async function beginFeed(address: string, feed: number, signal: AbortSignal): Promise<void> {
  await send(new URL(`start?feed=${feed}`, address), { method: 'POST', signal });
}

/** Ends the feed, and with it whatever listens to it. */
export async function endFeed(address: string): Promise<void> {
  await send(new URL('feed', address), { method: 'DELETE' });
}

async function send(url: URL, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request);
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: string };
  throw new Error(error);
}
