// The process that stands for pages which watch runs: reads every batch of their wire channels.
import { once } from 'node:events';

import { decodeBatch } from '#capture/wire-batch.ts';
import { WebSocket } from 'ws';

import { answerOrders } from './orders.ts';

const watched = { events: 0, dropped: 0 };

answerOrders({
  async watch({ urls }) {
    await Promise.all(urls.map(watch));
    return null;
  },
  watched: () => ({ ...watched }),
});

async function watch(url: string): Promise<void> {
  const origin = `http://${new URL(url).host}`;
  const webSocket = new WebSocket(url, { origin, perMessageDeflate: false });
  webSocket.on('message', (batch: Buffer) => {
    for (const event of decodeBatch(batch).events) {
      if (event.kind === 'dropped') watched.dropped += event.events;
      else watched.events += 1;
    }
  });
  await once(webSocket, 'open');
}
