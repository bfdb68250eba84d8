import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, it, mock } from 'node:test';

import { runErrand } from '#demo-server/robot/robot.ts';

import { startDecoy } from './decoy.ts';

describe('threat 5: the robot’s bounds', () => {
  it('is back after 10 s, whoever it meets there', async () => {
    const decoy = await startDecoy();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const accepted = once(decoy.server, 'connection');
      const report = runErrand(
        { handshake: true, frames: [], waitMs: 10_000 },
        {
          nextHop: { connect: () => net.connect(decoy.port, '127.0.0.1') },
          host: 'localhost:1',
          run: 'run',
        },
        new AbortController().signal,
      );
      await accepted;
      const [socket] = decoy.accepted;
      socket?.resume();
      mock.timers.tick(10_000);
      assert.deepEqual(await report, { closed: false });
    } finally {
      mock.timers.reset();
    }
  });
});
