import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { describe, it } from 'node:test';

import type { Row } from '#capture/row.ts';
import { partsOf } from '#capture/parts.ts';
import { provideTls } from '#capture/tls/tls-rows.ts';
import { ERRAND_BOXES, type BoxReport } from '#demo-server/robot/box-errand.ts';
import { BoxPort } from '#demo-server/robot/box-port.ts';
import { TlsEnd } from '#demo-server/robot/tls-end.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { Connections } from '#demo-server/runs/connections.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';
import { layOutTimeline } from '#tests/support/laid-out-timeline.ts';

provideTls();
const client = await startDemoServer();

type Errand = { readonly box: string; readonly ask: string; readonly secure: boolean };

/** Sends the robot, and reads the run when all its connections are closed again. */
async function send(
  errand: Errand,
): Promise<{ report: BoxReport; rows: readonly Row[]; watcher: Watcher }> {
  const run = await client.beginRun('encrypted');
  const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, errand);
  assert.equal(statusCode, 200, text);
  const watcher = await client.watch(run);
  await watcher.until((events) => {
    const open = events.filter(({ kind }) => kind === 'open').length;
    return open > 0 && events.filter(({ kind }) => kind === 'close').length === open;
  });
  return { report: JSON.parse(text) as BoxReport, rows: rowsOf(watcher.events), watcher };
}

const WEB_SOCKET = { box: 'strip-upgrade', ask: 'WebSocket' } as const;
const octetsOf = (rows: readonly Row[], hop: number, direction: string) =>
  Buffer.concat(
    rows
      .filter((row) => row.kind === 'tls.record' && row.hop === hop && row.direction === direction)
      .map(({ octets }) => octets ?? new Uint8Array(0)),
  ).toString('hex');

describe('a robot’s errand in the clear', () => {
  it('meets the box that others meet: the Upgrade is gone, the answer a page', async () => {
    const { report, rows, watcher } = await send({ ...WEB_SOCKET, secure: false });
    assert.deepEqual(report, { statusCode: 200, updates: 0 });
    assert.equal(watcher.notes('upgrade-stripped').length, 1);
    const heads = rows.filter(({ kind }) => kind === 'http.req.head');
    assert.deepEqual(
      heads.map(({ sender, hop }) => [sender, hop]),
      [
        ['ROBOT', 0],
        ['BOX', 1],
      ],
    );
    const upgrades = heads.map(({ data }) => (data['fields'] as { upgrade?: string }).upgrade);
    assert.deepEqual(upgrades, ['websocket', undefined]);
  });

  it('is refused by the one that refuses, and held back by the one that holds', async () => {
    const refused = await send({ box: 'refuse-upgrade', ask: 'WebSocket', secure: false });
    assert.deepEqual(refused.report, { statusCode: 403, updates: 0 });
    const held = await send({ box: 'buffer', ask: 'event stream', secure: false });
    assert.deepEqual(held.report, { updates: 0 });
    assert.equal(held.watcher.notes('sent').length, 5, 'the server has sent all');
  });

  it('captures each octet of its connection, those before the HTTP parser and those after', async () => {
    const { watcher } = await send({ box: 'buffer', ask: 'WebSocket', secure: false });
    const hops = [0, 1].map((hop) => {
      const open = watcher.events.find((event) => event.kind === 'open' && event.hop === hop);
      assert.equal(open?.kind, 'open');
      return watcher.text('down', open.kind === 'open' ? open.connection : 0);
    });
    // The box joins both sides after the 101, so the same frames are on both.
    const [outer, inner] = hops.map((text) => text.split('\r\n\r\n')[1]);
    assert.ok(outer!.length >= 5 * 14);
    assert.equal(outer, inner);
  });
});

describe('the same errand inside TLS', () => {
  for (const box of ERRAND_BOXES) {
    it(`${box} finds nothing that it could change: the WebSocket opens`, async () => {
      const { report, rows, watcher } = await send({ box, ask: 'WebSocket', secure: true });
      assert.deepEqual(report, { statusCode: 101, updates: 5, protocol: 'TLSv1.3' });
      const notes = watcher.events.filter((event) => event.kind === 'note');
      assert.deepEqual(
        notes.filter(({ vantage }) => vantage === 'box').map(({ name }) => name),
        ['passed-unread', 'decrypted'],
      );
      // The box has passed on what it got, octet for octet, and nothing of it is in the clear.
      for (const direction of ['up', 'down']) {
        const outer = octetsOf(rows, 0, direction);
        assert.ok(outer.length > 1000);
        assert.equal(outer, octetsOf(rows, 1, direction));
        for (const word of ['GET /live', 'websocket', '101 Switching', '"number"']) {
          assert.ok(!outer.includes(Buffer.from(word).toString('hex')), word);
        }
      }
      const { data } = rows.find(({ kind, hop }) => kind === 'ws.handshake' && hop === 2)!;
      assert.equal(data['accepted'], true);
    });
  }

  it('a stream is not held back either', async () => {
    const { report } = await send({ box: 'buffer', ask: 'event stream', secure: true });
    assert.deepEqual(report, { statusCode: 200, updates: 5, protocol: 'TLSv1.3' });
  });

  it('shows records with the names of their octets, and the name of the server in the hello', async () => {
    const { rows } = await send({ ...WEB_SOCKET, secure: true });
    const records = rows.filter(({ kind, hop }) => kind === 'tls.record' && hop === 0);
    const [hello, ...later] = records;
    assert.equal(hello?.sender, 'ROBOT');
    assert.deepEqual(
      partsOf(hello).map(({ name, bitOffset }) => [name, bitOffset]),
      [
        ['record-type', 0],
        ['record-version', 8],
        ['record-length', 24],
        ['handshake-type', 40],
        ['handshake-message', 48],
      ],
    );
    assert.equal(hello?.data['serverName'], 'localhost');
    assert.deepEqual(
      [hello?.data['contentType'], hello?.data['handshakeType'], hello?.data['legacyVersion']],
      ['handshake', 'client_hello', '0x0301'],
    );
    const types = new Set(later.map(({ data }) => data['handshakeType'] ?? data['contentType']));
    assert.deepEqual([...types].sort(), ['application_data', 'change_cipher_spec', 'server_hello']);
    assert.equal(rows.filter(({ kind }) => kind === 'octets.unread').length, 0);
    const sealed = later.find(({ data }) => data['contentType'] === 'application_data');
    assert.deepEqual(
      partsOf(sealed!).map(({ name }) => name),
      ['record-type', 'record-version', 'record-length', 'fragment'],
    );
  });
});

describe('threat 5: what a page may say of it', () => {
  it('is one of three boxes, two asks and a flag; never an address', async () => {
    const run = await client.beginRun('encrypted');
    for (const content of [
      {},
      { ...WEB_SOCKET },
      { ...WEB_SOCKET, secure: 'yes' },
      { ...WEB_SOCKET, secure: true, box: 'hang' },
      { ...WEB_SOCKET, secure: true, ask: '../echo/ws' },
      { ...WEB_SOCKET, secure: true, host: '192.0.2.1' },
      { ...WEB_SOCKET, secure: true, ca: '' },
    ]) {
      const { statusCode } = await client.send('POST', `/runs/${run}/robot`, content);
      assert.equal(statusCode, 400, JSON.stringify(content));
    }
  });

  it('connects to our own listeners alone', async (test) => {
    const connect = test.mock.method(net.Socket.prototype, 'connect');
    await send({ ...WEB_SOCKET, secure: true });
    const hosts = connect.mock.calls.map(({ arguments: [options] }) => {
      const [first] = [options].flat() as unknown as [{ host?: string } | number];
      return typeof first === 'object' ? first.host : '127.0.0.1';
    });
    assert.deepEqual([...new Set(hosts)].filter(Boolean), ['127.0.0.1']);
  });

  it('nobody else gets to either listener', async (test) => {
    const ports = new Set<number>();
    const listen = test.mock.method(net.Server.prototype, 'listen');
    const other = await startDemoServer();
    for (const { this: server } of listen.mock.calls) {
      const address = (server as net.Server).address();
      if (typeof address === 'object' && address !== null) ports.add(address.port);
    }
    ports.delete(other.server.port);
    assert.ok(ports.size >= 5);
    for (const port of ports) {
      const socket = net.connect(port, '127.0.0.1');
      let answer = '';
      socket.on('data', (octets) => (answer += octets.toString('latin1')));
      socket.on('error', () => undefined);
      // A record header and a hello that is none; and a request.
      socket.write(Buffer.from('1603010005010000010a', 'hex'));
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await new Promise((resolve) => socket.once('close', resolve));
      assert.equal(answer.startsWith('HTTP/1.1 2'), false, String(port));
      assert.equal(answer.includes('\x16\x03\x03'), false, String(port));
    }
  });

  it('ends with its run, on both sides of the box', async () => {
    const runs = new RunStore();
    const connections = new Connections(runs);
    const nowhere = () => assert.fail('nothing came out of TLS');
    const tlsEnd = new TlsEnd(connections, { connect: nowhere });
    const boxPort = new BoxPort(connections, tlsEnd, { request: nowhere, upgrade: nowhere });
    await Promise.all([tlsEnd.listen(), boxPort.listen()]);
    const behind = once(tlsEnd.server, 'connection') as Promise<[net.Socket]>;
    const socket = boxPort.connect({ run: runs.create('encrypted'), box: 'buffer' });
    // The begin of a handshake record whose rest never comes.
    socket.write(Buffer.from('16030100c40100', 'hex'));
    const [inner] = await behind;
    await once(inner, 'readable');
    const closed = [socket, inner].map(whenClosed);
    runs.clear();
    await Promise.all(closed);
    tlsEnd.server.close();
    boxPort.server.close();
  });
});

describe('the timeline of an errand inside TLS', () => {
  it('draws each record from hop to hop, and the box as who answers on the first', async () => {
    const { rows } = await send({ ...WEB_SOCKET, secure: true });
    const records = rows.filter(({ kind }) => kind === 'tls.record');
    const senders = (hop: number, direction: string) =>
      new Set(
        records
          .filter((row) => row.hop === hop && row.direction === direction)
          .map(({ sender }) => sender),
      );
    assert.deepEqual([...senders(0, 'up')], ['ROBOT']);
    assert.deepEqual([...senders(0, 'down')], ['BOX']);
    assert.deepEqual([...senders(1, 'up')], ['BOX']);
    const { items } = layOutTimeline(rows);
    for (const item of items) {
      if (item.type !== 'arrow' || item.row.kind !== 'tls.record') continue;
      const lanes = [item.fromLane, item.toLane].sort();
      assert.deepEqual(lanes, [item.row.hop, Number(item.row.hop) + 1]);
    }
  });
});
