import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';

import { WebSocketServer, WebSocket, type RawData } from 'ws';

import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { tapSocket } from '#demo-server/wire-tap/wire-tap.ts';
import { concatOctets, sameOctets } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';

const CONNECTIONS = 5;
const MESSAGES_EACH_WAY = 1000;
const LENGTHS = [0, 1, 30, 125, 126, 700, 1400] as const;
const LARGE_LENGTH = 70_000;

type SentMessage = { readonly isBinary: boolean; readonly octets: Buffer };

/** Sends generated messages, in 1 to 5 fragments, with pings before some of them. */
async function sendMessages(webSocket: WebSocket, random: Random): Promise<SentMessage[]> {
  const sent: SentMessage[] = [];
  for (let number = 1; number <= MESSAGES_EACH_WAY; number++) {
    const isBinary = random.boolean();
    const length = number % 250 === 0 ? LARGE_LENGTH : random.pick(LENGTHS);
    const octets = isBinary
      ? Buffer.from(random.octets(length))
      : Buffer.from(random.pick(['a', 'é', '€', '🙂']).repeat(Math.ceil(length / 4)));
    sent.push({ isBinary, octets });
    if (random.integer(0, 9) === 0) await pingAndWait(webSocket, random.octets(4));
    const fragments = random.integer(1, 5);
    const size = Math.ceil(octets.length / fragments);
    for (let index = 0; index < fragments; index++) {
      const fin = index === fragments - 1;
      const piece = octets.subarray(index * size, fin ? octets.length : (index + 1) * size);
      await new Promise<void>((resolve, reject) => {
        webSocket.send(piece, { binary: isBinary, fin }, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    }
  }
  return sent;
}

/** Our reader keeps 64 pings without a pong: here none is left behind. */
async function pingAndWait(webSocket: WebSocket, octets: Uint8Array): Promise<void> {
  const ponged = once(webSocket, 'pong');
  webSocket.ping(Buffer.from(octets));
  await ponged;
}

/** Waits for as many messages as the other side sends. */
function receiveMessages(webSocket: WebSocket): Promise<SentMessage[]> {
  const received: SentMessage[] = [];
  return new Promise((resolve) => {
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      received.push({ isBinary, octets: Buffer.from(data as Buffer) });
      if (received.length === MESSAGES_EACH_WAY) resolve(received);
    });
  });
}

/** A server of ws with our tap on every connection. */
function tappedServer() {
  const reader = new CaptureReader();
  let seq = 0;
  const push = (event: WireEvent): void => {
    reader.pushWire(event);
  };
  const server = createServer();
  const webSockets = new WebSocketServer({ server, perMessageDeflate: false });
  let connections = 0;
  const closed: Promise<unknown>[] = [];
  server.on('connection', (socket) => {
    const connection = ++connections;
    const place = (t: number) => ({ seq: ++seq, t, connection });
    push({
      kind: 'open',
      ...place(0),
      sender: 'BROWSER',
      hop: 0,
      exchangesBefore: 0,
    });
    tapSocket(socket, {
      octets: (direction, octets, t) => {
        push({ kind: 'octets', ...place(t), direction, octets });
      },
      end: (direction, t) => {
        push({ kind: 'end', ...place(t), direction });
      },
      close: (hadError, t) => {
        push({ kind: 'close', ...place(t), hadError });
      },
    });
    closed.push(once(socket, 'close'));
  });
  return { reader, server, webSockets, closed };
}

type Conversation = {
  readonly up: { readonly sent: SentMessage[]; readonly received: SentMessage[] };
  readonly down: { readonly sent: SentMessage[]; readonly received: SentMessage[] };
};

async function converse(
  webSockets: WebSocketServer,
  port: number,
  seed: number,
): Promise<Conversation> {
  const accepted = once(webSockets, 'connection') as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  const receivedByClient = receiveMessages(client);
  const [server] = await accepted;
  const receivedByServer = receiveMessages(server);
  if (client.readyState !== client.OPEN) await once(client, 'open');
  const [up, down, atServer, atClient] = await Promise.all([
    sendMessages(client, new Random(seed)),
    sendMessages(server, new Random(-seed)),
    receivedByServer,
    receivedByClient,
  ]);
  client.close(4001, 'enough');
  await once(client, 'close');
  return { up: { sent: up, received: atServer }, down: { sent: down, received: atClient } };
}

/** Messages that we read on one connection, whole: a row shows only the beginning of a text. */
function messagesOfRows(
  rows: readonly Row[],
  connection: number,
  direction: 'up' | 'down',
): SentMessage[] {
  const own = rows.filter((row) => row.connection === connection && row.direction === direction);
  return own
    .filter(({ kind }) => kind === 'ws.message')
    .map(({ data }) => {
      const frames = (data['frames'] as number[]).flatMap((number) => {
        const detail = rows[number - 1]?.detail;
        return detail?.type === 'frame' ? [detail.frame.applicationData] : [];
      });
      return { isBinary: data['type'] === 'binary', octets: Buffer.from(concatOctets(frames)) };
    });
}

function assertSame(ours: readonly SentMessage[], theirs: readonly SentMessage[]): void {
  assert.equal(ours.length, theirs.length);
  for (const [index, { isBinary, octets }] of theirs.entries()) {
    assert.equal(ours[index]?.isBinary, isBinary, `type of message ${index}`);
    assert.ok(ours[index]?.octets.equals(octets), `octets of message ${index}`);
  }
}

describe('our tap and reader beside ws, on loopback', () => {
  const { reader, server, webSockets, closed } = tappedServer();
  const conversations: Conversation[] = [];
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (let number = 1; number <= CONNECTIONS; number++) {
      conversations.push(await converse(webSockets, port, number));
    }
    await Promise.all(closed);
  });
  after(() => {
    webSockets.close();
    server.close();
    server.closeAllConnections();
  });

  it('read 10,000 messages as ws sent and received them (RFC 6455 §5.4)', () => {
    let messages = 0;
    for (const [index, conversation] of conversations.entries()) {
      for (const direction of ['up', 'down'] as const) {
        const { sent, received } = conversation[direction];
        const ours = messagesOfRows(reader.rows, index + 1, direction);
        assertSame(ours, sent);
        assertSame(ours, received);
        messages += ours.length;
      }
    }
    assert.equal(messages, 10_000);
  });

  it('find no rule broken in what ws writes, and lose no octet (RFC 6455 §5)', () => {
    const frames = reader.rows.filter(({ kind }) => kind === 'ws.frame');
    assert.ok(frames.length > 20_000, `${frames.length} frames`);
    const broken = frames.filter(({ data }) => (data['violations'] as unknown[]).length > 0);
    assert.deepEqual(broken.slice(0, 3), []);
    assert.deepEqual(
      reader.rows.filter(({ kind }) => kind === 'octets.unread' || kind === 'dropped'),
      [],
    );
  });

  it('tie every Pong to a Ping with the same data (RFC 6455 §5.5.3)', () => {
    const pongs = reader.rows.filter(({ data }) => data['opcodeName'] === 'pong');
    assert.ok(pongs.length > 500, `${pongs.length} pongs`);
    for (const { answers, detail, direction } of pongs) {
      const ping = reader.rows[(answers ?? 0) - 1];
      assert.ok(ping?.detail?.type === 'frame' && detail?.type === 'frame');
      assert.notEqual(ping.direction, direction);
      assert.ok(sameOctets(ping.detail.frame.applicationData, detail.frame.applicationData));
    }
  });
});
