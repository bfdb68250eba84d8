import { once } from 'node:events';
import http2 from 'node:http2';
import { Duplex, duplexPair } from 'node:stream';

/** Both directions of a connection between Node's own client and server (nghttp2), octet for octet. */
export type Loopback = {
  readonly client: http2.ClientHttp2Session;
  readonly up: Uint8Array[];
  readonly down: Uint8Array[];
  close(): Promise<void>;
};

/** Connects Node's HTTP/2 client with Node's HTTP/2 server in memory, and keeps what crosses. */
export async function connectHttp2(
  onStream: (
    stream: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    rawHeaders: readonly string[],
  ) => void,
  settings: http2.Settings = {},
): Promise<Loopback> {
  const up: Uint8Array[] = [];
  const down: Uint8Array[] = [];
  const [near, far] = duplexPair();
  const server = http2.createServer({ settings });
  // The fourth argument, with repeated fields as they came, is missing from the types.
  server.on('stream', (...args: unknown[]) => {
    const [stream, headers, , rawHeaders] = args;
    onStream(
      stream as http2.ServerHttp2Stream,
      headers as http2.IncomingHttpHeaders,
      rawHeaders as readonly string[],
    );
  });
  server.emit('connection', keeping(far, down));
  const client = http2.connect('http://app.example.com', {
    createConnection: () => keeping(near, up),
  });
  await once(client, 'remoteSettings');
  return {
    client,
    up,
    down,
    async close() {
      client.close();
      await once(client, 'close');
    },
  };
}

/** Passes everything on, and keeps what is written. */
function keeping(stream: Duplex, written: Uint8Array[]): Duplex {
  const kept = new Duplex({
    read: () => stream.resume(),
    write(chunk: Buffer, _encoding, done) {
      written.push(Uint8Array.from(chunk));
      stream.write(chunk, done);
    },
    final(done) {
      stream.end(done);
    },
  });
  stream.on('data', (chunk: Buffer) => {
    if (!kept.push(chunk)) stream.pause();
  });
  stream.once('end', () => kept.push(null));
  return kept;
}
