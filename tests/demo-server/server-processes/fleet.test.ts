import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { Fleet } from '#demo-server/server-processes/fleet.ts';
import { ServerProcess } from '#demo-server/server-processes/server-process.ts';

/** A run that can be ended. */
function aRun(test: { after(end: () => void): void }) {
  const controller = new AbortController();
  test.after(() => {
    controller.abort();
  });
  return { run: { id: 'x', ended: controller.signal }, end: () => controller.abort() };
}

describe('a server process', () => {
  it('answers on loopback, to whoever has its key, and says who it is', async (test) => {
    const server = new ServerProcess('A', () => undefined);
    test.after(() => {
      server.kill();
    });
    assert.equal(await server.begin(), true);
    assert.notEqual(server.id, process.pid);
    const socket = server.connect();
    socket.end(`GET / HTTP/1.1\r\nHost: a\r\nProxy-Authorization: ${server.key}\r\n\r\n`);
    let answer = '';
    for await (const octets of socket) answer += String(octets);
    assert.equal(socket.remoteAddress ?? '127.0.0.1', '127.0.0.1');
    assert.match(answer, new RegExp(`\\{"server":"A","process":${String(server.id)}\\}$`));
  });

  it('ends when it is drained and nobody is there', async () => {
    const server = new ServerProcess('A', () => undefined);
    await server.begin();
    server.drain();
    await server.ended;
  });
});

describe('a server process that can not be begun', () => {
  it('does not listen, and is gone', async (test) => {
    const { execPath } = process;
    test.after(() => {
      process.execPath = execPath;
    });
    process.execPath = '/nowhere/node';
    const server = new ServerProcess('A', () => undefined);
    process.execPath = execPath;
    assert.equal(await server.begin(), false);
    await server.ended;
  });
});

describe('a server process whose demo server is gone', () => {
  it('ends by itself', async (test) => {
    const child = fork('demo-server/server-processes/shop-server.ts');
    test.after(() => child.kill('SIGKILL'));
    child.send({ type: 'begin', name: 'A', key: 'k' });
    await once(child, 'message');
    child.disconnect();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
});

describe('threat 5: a server process as a way past the guard', () => {
  for (const [what, lines] of [
    ['a request without the key', ''],
    ['a request with another key', 'Proxy-Authorization: AAAAAAAAAAAAAAAAAAAAAA\r\n'],
    ['an upgrade without the key', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
  ] as const) {
    it(`cuts ${what}`, async (test) => {
      const server = new ServerProcess('A', () => undefined);
      test.after(() => {
        server.kill();
      });
      await server.begin();
      const socket = server.connect();
      let answer = '';
      socket.on('data', (octets) => (answer += String(octets)));
      socket.write(`GET /live/x/roulette/ws?client=1 HTTP/1.1\r\nHost: a\r\n${lines}\r\n`);
      await whenClosed(socket);
      assert.equal(answer, '');
    });
  }
});

describe('server processes of a run', () => {
  it('end with it', async (test) => {
    const { run, end } = aRun(test);
    const servers = await Fleet.of(run).start(['A', 'B']);
    assert.deepEqual(
      servers.map(({ name }) => name),
      ['A', 'B'],
    );
    end();
    await Promise.all(servers.map(({ ended }) => ended));
    assert.notEqual(Fleet.of(run).names.length, 2);
  });

  it('are not begun twice by whoever asks twice', async (test) => {
    const { run } = aRun(test);
    const fleet = Fleet.of(run);
    const begun = await Promise.all([fleet.start(['A']), fleet.start(['A'])]);
    assert.equal(begun.flat().length, 1);
    assert.deepEqual(fleet.names, ['A']);
  });

  it('are eight in all: at the bound, the fleet that was used longest ago goes', async (test) => {
    const [one, two, three] = [aRun(test), aRun(test), aRun(test)];
    const first = await Fleet.of(one.run).start(['A', 'B', 'C', 'D']);
    await Fleet.of(two.run).start(['A', 'B', 'C', 'D']);
    await Fleet.of(three.run).start(['A']);
    await Promise.all(first.map(({ ended }) => ended));
    assert.deepEqual(Fleet.of(one.run).names, []);
    assert.deepEqual(Fleet.of(two.run).names, ['A', 'B', 'C', 'D']);
    assert.deepEqual(Fleet.of(three.run).names, ['A']);
  });

  it('are begun anew though their predecessors were still beginning', async (test) => {
    const { run } = aRun(test);
    const fleet = Fleet.of(run);
    const overtaken = fleet.start(['A', 'B']);
    fleet.end();
    const begun = await fleet.start(['A', 'B']);
    assert.deepEqual(await overtaken, []);
    assert.equal(begun.length, 2);
    assert.deepEqual(fleet.names, ['A', 'B']);
  });

  it('are not begun twice, nor ended, by a start that was overtaken', async (test) => {
    const { run } = aRun(test);
    const fleet = Fleet.of(run);
    const overtaken = fleet.start(['A']);
    fleet.end();
    const started = fleet.start(['A']);
    await overtaken;
    assert.deepEqual(await fleet.start(['A']), []);
    const [server] = await started;
    assert.equal(fleet.nextForRequest(), server);
    assert.equal(fleet.size, 1);
  });

  it('leave room for others as soon as they are ended', async (test) => {
    const [one, other] = [aRun(test), aRun(test)];
    const fleet = Fleet.of(one.run);
    await fleet.start(['A', 'B', 'C', 'D']);
    await Fleet.of(other.run).start(['A', 'B', 'C', 'D']);
    Fleet.of(one.run).end();
    await fleet.start(['A', 'B']);
    assert.deepEqual(fleet.names, ['A', 'B']);
    assert.deepEqual(Fleet.of(other.run).names, ['A', 'B', 'C', 'D']);
  });
});
