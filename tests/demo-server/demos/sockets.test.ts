import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** Asks four times in turn on a connection that is kept if the server lets it. */
async function portsOf(what: string): Promise<(number | undefined)[]> {
  const run = await client.beginRun('sockets');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports: (number | undefined)[] = [];
  for (const number of [1, 2, 3, 4]) {
    const path = `/live/${run}/sockets/${what}/1/${String(number)}`;
    const outgoing = request(client.origin, { path, agent }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    ports.push(incoming.socket.localPort);
    await once(incoming.resume(), 'end');
  }
  agent.destroy();
  return ports;
}

describe('the demo sockets', () => {
  it('keeps a connection below keep, and ends it after each answer below close', async () => {
    assert.equal(new Set(await portsOf('keep')).size, 1);
    assert.equal(new Set(await portsOf('close')).size, 4);
  });

  it('says what to ask for instead of anything else', async () => {
    const run = await client.beginRun('sockets');
    for (const path of ['', 'keep/1', 'keep/x/1', 'open/1/1']) {
      const { statusCode, text } = await client.ask({ path: `/live/${run}/sockets/${path}` });
      assert.equal(statusCode, 404);
      assert.match(text, /Ask for keep/);
    }
  });
});
