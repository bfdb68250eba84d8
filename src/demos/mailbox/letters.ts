/**
 * Opens the run's mailbox anew. The seed decides when its letters come.
 *
 * @returns when it was opened, on the clock of `performance.now()`.
 */
export async function openMailbox(address: string, seed: number): Promise<number> {
  const asked = performance.now();
  const body = JSON.stringify({ seed });
  const headers = { 'Content-Type': 'application/json' };
  await send(new URL('mailbox', address), { method: 'POST', headers, body });
  // It was opened after we asked and before we were told: halfway is the best guess.
  return (asked + performance.now()) / 2;
}

/** Closes the mailbox, so that no more letters come. */
export function closeMailbox(address: string): Promise<void> {
  return send(new URL('mailbox', address), { method: 'DELETE' });
}

/** Drops a letter in, now. */
export function dropLetter(address: string): Promise<void> {
  return send(new URL('letter', address), { method: 'POST' });
}

async function send(url: URL, request: RequestInit): Promise<void> {
  const response = await fetch(url, request);
  if (response.ok) return;
  const { error } = (await response.json()) as { error: string };
  throw new Error(error);
}
