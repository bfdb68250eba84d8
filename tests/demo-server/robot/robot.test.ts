import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, it, mock } from 'node:test';

import { runErrand } from '#demo-server/robot/robot.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';

import { startDecoy } from './decoy.ts';

/** Goes on an errand to a server that gives this answer and hangs up; returns what arrived there. */
async function meet(answer: string): Promise<{ arrived: string; report: unknown }> {
  const decoy = await startDecoy();
  let arrived = '';
  decoy.server.on('connection', (socket: net.Socket) => {
    socket.setEncoding('latin1').once('data', () => {
      socket.write(answer);
      // Our FIN comes when the robot has had its turn.
      setImmediate(() => socket.end());
    });
    socket.on('data', (text: string) => (arrived += text));
  });
  const report = await runErrand(
    { handshake: 'good', frames: [Buffer.from('reader')], waitMs: 10_000 },
    {
      nextHop: { connect: () => net.connect({ port: decoy.port, host: '127.0.0.1' }) },
      host: 'localhost:1',
      run: 'run',
      demo: 'echo',
    },
    new AbortController().signal,
  );
  const [socket] = decoy.accepted;
  if (socket) await whenClosed(socket);
  return { arrived, report };
}

describe('threat 5: the reader’s octets', () => {
  it('start after the head of a 101 and after no other answer', async () => {
    for (const statusCode of [100, 200, 302, 403, 426]) {
      const { arrived, report } = await meet(`HTTP/1.1 ${String(statusCode)} x\r\n\r\n`);
      assert.match(arrived, /^GET \/live\/run\/echo\/ws HTTP\/1\.1\r\n[^]*\r\n\r\n$/);
      assert.deepEqual(report, { statusCode, closed: true });
    }
    for (const answer of ['HTTP/1.1 101 x\r\n', 'HTTP/1.0 101 x\r\n\r\n', 'x\r\n\r\n', '']) {
      assert.match((await meet(answer)).arrived, /\r\n\r\n$/);
    }
    const { arrived } = await meet('HTTP/1.1 101 x\r\n\r\n');
    assert.match(arrived, /\r\n\r\nreader$/);
  });
});

describe('threat 5: the robot’s bounds', () => {
  it('is back after 10 s, whoever it meets there', async () => {
    const decoy = await startDecoy();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const accepted = once(decoy.server, 'connection');
      const report = runErrand(
        { handshake: 'good', frames: [], waitMs: 10_000 },
        {
          nextHop: { connect: () => net.connect(decoy.port, '127.0.0.1') },
          host: 'localhost:1',
          run: 'run',
          demo: 'echo',
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
