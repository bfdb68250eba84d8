const recordings = new Map<string, Promise<string>>();

/**
 * Fetches a demo's recording, once for a page.
 *
 * Asked for early, it is there when the server is not any more.
 */
export function fetchRecording(address: string): Promise<string> {
  const known = recordings.get(address);
  if (known !== undefined) return known;
  const fetching = readText(address);
  recordings.set(address, fetching);
  fetching.catch(() => recordings.delete(address));
  return fetching;
}

async function readText(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}
