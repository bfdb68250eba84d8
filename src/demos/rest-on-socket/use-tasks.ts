import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import { openSocket, overHttp, OwnProtocol } from './client.ts';
import type demo from './demo.ts';
import { Pieces } from './pieces.ts';
import { tasks, tracedTask } from './tasks.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

/** Begins a new shelf, and tries all tasks on it one after the other. */
export function useTasks({ address, values, saw }: Bench) {
  const [isBusy, setBusy] = useState(false);
  const socket = useRef<WebSocket>();
  useEffect(() => () => socket.current?.close(), [address]);

  const run = async (at: string) => {
    const { over, ...flags } = values;
    const isOwn = over === 'websocket';
    const pieces = Pieces.map(({ id }) => id).filter(
      (id) => isOwn && flags[id as keyof typeof flags],
    );
    setBusy(true);
    saw('tasks', { over, pieces: pieces.join(' ') });
    try {
      const shelf = await beginShelf(at);
      socket.current = isOwn ? await openSocket(shelf, pieces) : undefined;
      const failed = closed(socket.current);
      const ask = socket.current ? new OwnProtocol(socket.current, flags).ask : overHttp(shelf);
      for (const { id } of Pieces) {
        const trying = tasks[id];
        if (trying) {
          saw('task', { task: id, ...(await Promise.race([trying(ask), failed])) });
        } else {
          saw('task', { task: id, trace: await Promise.race([tracedTask(ask), failed]) });
        }
      }
      saw('done', { over });
    } catch (error) {
      saw('error', { reason: (error as Error).message });
    }
    socket.current?.close();
    setBusy(false);
  };
  return {
    isBusy,
    run: () => {
      if (address !== undefined) void run(address);
    },
  };
}

async function beginShelf(address: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(new URL('shelves', address), {
    method: 'POST',
    headers,
    body: '{}',
  });
  if (!response.ok) throw new Error(`no shelf: ${response.status}`);
  const { shelf } = (await response.json()) as { shelf: number };
  return new URL(`shelves/${shelf}/`, address).href;
}

/** Fails when the WebSocket closes: nobody will answer then. */
function closed(socket: WebSocket | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  socket?.addEventListener('close', ({ code }) => reject(new Error(`close code ${code}`)));
  return promise;
}
