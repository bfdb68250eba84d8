import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { WebSocket, WebSocketServer, type PerMessageDeflateOptions } from 'ws';
import { ConnectionReader } from '#protocol/http/connection-reader.ts';
import { fieldValue } from '#protocol/http/head.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { parseExtensions } from '#protocol/websocket/extensions.ts';
import { frameViolations } from '#protocol/websocket/frame-violations.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { MessageAssembler, type Message } from '#protocol/websocket/message-assembler.ts';
import { deflateContext, MessageInflater } from '#protocol/websocket/permessage-deflate.ts';
import { utf8 } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';
import { recordingRelay, type Arrival } from '#tests/support/recording-relay.ts';

const TAKEOVER = { takesOver: true, windowBits: 15 };
const message = (applicationData: Uint8Array, type: Message['type'] = 'text'): Message => ({
  type,
  compressed: true,
  applicationData,
  fragments: 1,
});

describe('MessageInflater', () => {
  const inflateAll = (hexes: readonly string[], context = TAKEOVER): string[] => {
    const inflater = new MessageInflater(context);
    const all = hexes.map((hex) => inflater.push(message(octetsFromHex(hex))));
    return all.map(({ applicationData, violations, contextLost }) =>
      applicationData === undefined
        ? (violations[0]?.code ?? `lost: ${contextLost}`)
        : Buffer.from(applicationData).toString(),
    );
  };

  for (const [id, hexes] of [
    ['a compressed message (§7.2.3.1)', ['f2 48 cd c9 c9 07 00']],
    ['a reference to the message before (§7.2.3.2)', ['f2 48 cd c9 c9 07 00', 'f2 00 11 00 00']],
    ['a block without compression (§7.2.3.3)', ['00 05 00 fa ff 48 65 6c 6c 6f 00']],
    ['a block that is marked as the last (§7.2.3.4)', ['f3 48 cd c9 c9 07 00 00']],
    ['two blocks (§7.2.3.5)', ['f2 48 05 00 00 00 ff ff ca c9 c9 07 00']],
  ] as const) {
    it(`reads the RFC's example: ${id}`, () => {
      assert.deepEqual(
        inflateAll(hexes),
        hexes.map(() => 'Hello'),
      );
    });
  }

  it('knows nothing of the message before without context takeover (RFC 7692 §7.1.1)', () => {
    const hexes = ['f2 48 cd c9 c9 07 00', 'f2 00 11 00 00', 'f2 48 cd c9 c9 07 00'];
    assert.deepEqual(inflateAll(hexes, { ...TAKEOVER, takesOver: false }), [
      'Hello',
      'DEFLATE_DATA_INVALID',
      'Hello',
    ]);
  });

  it('names what is not DEFLATE, and then has lost the context', () => {
    const hexes = ['ff ff ff', 'f2 48 cd c9 c9 07 00'];
    assert.deepEqual(inflateAll(hexes), ['DEFLATE_DATA_INVALID', 'lost: true']);
  });

  it('stops a bomb at the bound (RFC 6455 §10.4)', () => {
    const bomb = deflateRawSync(new Uint8Array(64 * 1024 * 1024));
    const [read] = inflateAll([bomb.toString('hex')]);
    assert.equal(read, 'INFLATED_ABOVE_BOUND');
    const exact = new MessageInflater(TAKEOVER, { maxLength: 5 });
    const hello = exact.push(message(octetsFromHex('f2 48 cd c9 c9 07 00')));
    assert.deepEqual(hello.violations, []);
    const short = new MessageInflater(TAKEOVER, { maxLength: 4 });
    const cut = short.push(message(octetsFromHex('f2 48 cd c9 c9 07 00')));
    assert.deepEqual(
      cut.violations.map(({ code, closeCode }) => [code, closeCode]),
      [['INFLATED_ABOVE_BOUND', 1009]],
    );
  });

  it('names text that is not UTF-8 once inflated (RFC 7692 §6.2)', () => {
    const octets = octetsFromHex('00 03 00 fc ff 48 ff 6c 00');
    const inflater = new MessageInflater(TAKEOVER);
    const { violations } = inflater.push(message(octets));
    assert.deepEqual(
      violations.map(({ code, offset }) => [code, offset]),
      [['TEXT_NOT_UTF8', 1]],
    );
    const binary = inflater.push(message(octets, 'binary'));
    assert.deepEqual(binary.violations, []);
  });

  for (const windowBits of [9, 12, 15]) {
    it(`keeps 2^${windowBits} octets of what came before, as zlib deflates with`, async () => {
      const random = new Random(windowBits);
      const words = Array.from({ length: 60 }, () => random.octets(random.integer(20, 90)));
      const deflater = createDeflateRaw({ windowBits });
      const inflater = new MessageInflater({ takesOver: true, windowBits });
      for (let round = 0; round < 120; round++) {
        const count = random.pick([0, 1, 3, 30, 900]);
        const data = Buffer.concat(
          Array.from({ length: count }, () => words[random.integer(0, 59)] ?? utf8('')),
        );
        if (data.length > 0) deflater.write(data);
        const flushed = Promise.withResolvers<void>();
        deflater.flush(constants.Z_SYNC_FLUSH, () => flushed.resolve());
        await flushed.promise;
        const deflated = (deflater.read() as Buffer | null) ?? Buffer.of(0, 0, 0, 0xff, 0xff);
        const read = inflater.push(message(deflated.subarray(0, -4), 'binary'));
        assert.deepEqual(Buffer.from(read.applicationData ?? utf8('none')), data);
      }
    });
  }
});

describe('permessage-deflate between two ws endpoints', () => {
  const sent = ['{"price":101}', '{"price":102}', 'x'.repeat(50_000), '', '🙂'.repeat(300), 'no'];
  for (const [id, options] of [
    ['with context takeover', {}],
    ['without', { serverNoContextTakeover: true, clientNoContextTakeover: true }],
    ['with small windows', { serverMaxWindowBits: 10, clientMaxWindowBits: 10 }],
  ] as const) {
    it(`is read as both ends read it, ${id}`, async () => {
      const { atServer, arrivals } = await echoOver({ ...options, threshold: 0 }, sent);
      assert.deepEqual(atServer, sent);
      for (const direction of ['up', 'down'] as const) {
        assert.deepEqual(inflatedTexts(arrivals, direction), sent, direction);
      }
    });
  }
});

/** Sends texts through a server that sends them back. */
async function echoOver(
  perMessageDeflate: PerMessageDeflateOptions,
  texts: readonly string[],
): Promise<{ readonly atServer: string[]; readonly arrivals: Arrival[] }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const webSockets = new WebSocketServer({ server, perMessageDeflate });
  const atServer: string[] = [];
  webSockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      atServer.push(data.toString());
      socket.send(data.toString());
    });
  });
  const relay = await recordingRelay((server.address() as AddressInfo).port);
  const client = new WebSocket(`ws://127.0.0.1:${relay.port}/`, { perMessageDeflate });
  await once(client, 'open');
  for (const text of texts) {
    client.send(text);
    await once(client, 'message');
  }
  client.close();
  await once(client, 'close');
  await relay.close();
  webSockets.close();
  server.close();
  return { atServer, arrivals: relay.connections[0] ?? [] };
}

function inflatedTexts(arrivals: readonly Arrival[], direction: Arrival['direction']): string[] {
  const connection = new ConnectionReader();
  const elements = arrivals.flatMap(({ direction: from, octets }) =>
    connection.push(from, octets, 0),
  );
  const answer = elements.find(({ type, direction: from }) => type === 'head' && from === 'down');
  assert.ok(answer?.type === 'head');
  const field = fieldValue(answer.head, 'sec-websocket-extensions') ?? '';
  const accepted = parseExtensions(field) ?? [];
  const role = direction === 'up' ? 'client' : 'server';
  const context = deflateContext(accepted, role);
  assert.ok(context);
  const inflater = new MessageInflater(context);
  const [frames, assembler] = [new FrameReader(), new MessageAssembler()];
  const texts: string[] = [];
  for (const element of elements) {
    if (element.type !== 'switched' || element.direction !== direction) continue;
    for (const read of frames.push(element.octets)) {
      assert.ok(read.type === 'frame');
      const extensions = accepted.map(({ name }) => name);
      assert.deepEqual(frameViolations(read.frame, role, { extensions }), []);
      const assembled = assembler.push(read.frame).message;
      if (assembled === undefined) continue;
      const { applicationData, violations } = inflater.push(assembled);
      assert.deepEqual(violations, []);
      texts.push(Buffer.from(applicationData ?? []).toString());
    }
  }
  return texts;
}
