import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, it } from 'node:test';

import { sendMethod } from '#demo-server/robot/method-errand.ts';

describe('a robot that is told a method', () => {
  it('comes back with nothing when its connection is reset', async () => {
    const socket = new net.Socket();
    socket.on('error', () => undefined);
    const place = { host: 'x', requestTarget: '/' };
    const errand = sendMethod({ method: 'GET' }, place, () => socket, new AbortController().signal);
    socket.destroy(new Error('reset'));
    assert.deepEqual(await errand, {});
  });
});
