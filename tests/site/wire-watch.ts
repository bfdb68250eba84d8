import { once } from 'node:events';
import { expect, type Page } from '@playwright/test';
import { decodeBatch } from '#capture/wire-batch.ts';
import { WebSocket } from 'ws';

const WIRE = /\/runs\/([\w-]{22})\/wire\?after=(\d+)/;

/** Of each page, the number of the last event that it has received of each run. */
const received = new WeakMap<Page, Map<string, number>>();

/** Listens to a page’s wire channels from here on. */
export function watchWire(page: Page): void {
  if (received.has(page)) return;
  const lastOf = new Map<string, number>();
  received.set(page, lastOf);
  page.on('websocket', (channel) => {
    const [, run, after] = WIRE.exec(channel.url()) ?? [];
    if (run === undefined) return;
    lastOf.set(run, Number(after));
    channel.on('framereceived', ({ payload }) => {
      const last = lastSeq(payload as Buffer);
      if (last !== undefined) lastOf.set(run, last);
    });
  });
}

/**
 * Resolves when the page has received what its server holds of a run now. Until then its script may
 * know, and show, what is not among the rows yet: batches come at most sixty times a second.
 */
export async function wireHasCome(page: Page, run: string): Promise<void> {
  const lastOf = received.get(page);
  const known = lastOf?.get(run);
  if (lastOf === undefined || known === undefined) return;
  const { origin } = new URL(page.url());
  const channel = new WebSocket(
    `${origin.replace(/^http/, 'ws')}/runs/${run}/wire?after=${known}`,
    {
      origin,
    },
  );
  try {
    // The first batch comes at once, with or without events.
    const [batch] = (await once(channel, 'message')) as [Buffer];
    const last = lastSeq(batch) ?? known;
    await expect.poll(() => lastOf.get(run), { intervals: [10] }).toBeGreaterThanOrEqual(last);
  } finally {
    channel.terminate();
  }
}

const lastSeq = (batch: Buffer): number | undefined => decodeBatch(batch).events.at(-1)?.seq;
