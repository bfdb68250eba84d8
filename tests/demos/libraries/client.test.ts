import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ways } from '#demos/libraries/client.ts';

describe('a library that is stopped while it is being loaded', () => {
  for (const library of ['socket.io', 'socket.io-all'] as const) {
    it(`connects nowhere and reports nothing: ${library}`, async () => {
      const stop = new AbortController();
      const rows: string[] = [];
      const connecting = ways[library]({
        // Nobody is there: to be refused would be an outcome.
        address: 'http://127.0.0.1:9/live/run/libraries/',
        saw: (name) => rows.push(name),
        signal: stop.signal,
      });
      stop.abort();
      await assert.rejects(connecting, { name: 'AbortError' });
      assert.deepEqual(rows, []);
    });
  }
});
