import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { useLibraries } from '#demos/libraries/use-libraries.ts';
import { runHook } from '#tests/support/run-hook.ts';

type Bench = Parameters<typeof useLibraries>[0];

// Leaves every request without an answer, so that nothing is over before it is stopped.
const server = createServer(() => undefined);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => {
  server.close();
  server.closeAllConnections();
});

describe('what is connecting', () => {
  it('is what was begun last, also when the one before ends after that', async () => {
    const { port } = server.address() as AddressInfo;
    const rows: string[] = [];
    const tried = Promise.withResolvers<void>();
    const panel = runHook(useLibraries, {
      address: `http://127.0.0.1:${port}/live/run/libraries/`,
      values: { library: 'socket.io', path: 'none' },
      saw: (name: string) => {
        rows.push(name);
        tried.resolve();
      },
    } as unknown as Bench);
    panel.result.connect(['strip-upgrade']);
    // The library is being loaded now.
    await tried.promise;
    panel.result.stop();
    panel.result.connect(['buffer']);
    await once(server, 'request');
    assert.equal(panel.result.current, 'buffer');
    panel.leave();
    assert.deepEqual(rows, ['try', 'try']);
  });
});
