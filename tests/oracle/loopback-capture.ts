import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { tsharkFields } from './tshark.ts';

/** Octets of one real TCP connection, as the kernel carried them. */
export type TcpStream = { readonly up: Buffer; readonly down: Buffer };

/** Records the loopback interface with dumpcap, which needs rights that only few users have. */
export class LoopbackCapture {
  readonly #dumpcap: ChildProcessByStdio<null, Readable, Readable>;
  readonly #pieces: Buffer[] = [];
  #length = 0;
  #arrived = (): void => undefined;

  private constructor(port: number) {
    const filter = ['-i', 'lo', '-f', `tcp port ${port}`, '-B', '32', '-s', '0'];
    this.#dumpcap = spawn('dumpcap', [...filter, '-q', '-w', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#dumpcap.stdout.on('data', (octets: Buffer) => {
      this.#pieces.push(octets);
      this.#length += octets.length;
      this.#arrived();
    });
  }

  /** @returns a reason in place of a capture when this machine does not permit one. */
  static async start(port: number): Promise<LoopbackCapture | string> {
    const capture = new LoopbackCapture(port);
    let said = '';
    for await (const text of lines(capture.#dumpcap)) {
      said += text;
      // It says so when the interface is open and packets are kept.
      if (said.includes('Capturing on') && said.includes('File:')) return capture;
    }
    return said.trim() || 'dumpcap is not here';
  }

  /** Resolves when a packet with these octets was recorded, so everything before it was too. */
  async until(octets: Buffer): Promise<void> {
    for (let from = 0; ;) {
      const file = this.#file();
      if (file.subarray(from).includes(octets)) return;
      from = Math.max(0, file.length - octets.length);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        if (this.#length > file.length) resolve();
      });
    }
  }

  /** Ends the recording and has tshark sort its segments into streams. */
  async stop(port: number): Promise<TcpStream[]> {
    const closed = once(this.#dumpcap, 'close');
    this.#dumpcap.kill('SIGINT');
    await closed;
    return streamsOf(this.#file(), port);
  }

  #file(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

/** What the program prints on standard error, until it ends. */
async function* lines(
  program: ChildProcessByStdio<null, Readable, Readable>,
): AsyncGenerator<string> {
  const failed = new Promise<undefined>((resolve) => {
    program.once('error', () => {
      resolve(undefined);
    });
    program.stderr.once('close', () => {
      resolve(undefined);
    });
  });
  for (;;) {
    const text = await Promise.race([
      failed,
      once(program.stderr, 'data').then(([octets]) => String(octets)),
    ]);
    if (text === undefined) return;
    yield text;
  }
}

type Half = { initial: number | undefined; readonly pieces: { at: number; octets: Buffer }[] };

/** Puts segments together by sequence number alone: loopback retransmits, too. RFC 9293 §3.4. */
async function streamsOf(file: Uint8Array, port: number): Promise<TcpStream[]> {
  const fields = ['tcp.stream', 'tcp.dstport', 'tcp.flags.syn', 'tcp.seq_raw', 'tcp.payload'];
  const packets = await tsharkFields(file, 'tcp', fields);
  const streams = new Map<string, { readonly up: Half; readonly down: Half }>();
  for (const packet of packets) {
    const [stream, destination, syn, sequenceNumber, payload] = fields.map(
      (field) => packet[field]?.[0] ?? '',
    );
    const halves = streams.get(stream ?? '') ?? { up: newHalf(), down: newHalf() };
    streams.set(stream ?? '', halves);
    const half = halves[Number(destination) === port ? 'up' : 'down'];
    if (/^(?:1|True)$/.test(syn ?? '')) half.initial = Number(sequenceNumber) + 1;
    if (payload) {
      half.pieces.push({ at: Number(sequenceNumber), octets: Buffer.from(payload, 'hex') });
    }
  }
  return [...streams.values()].map(({ up, down }) => ({ up: join(up), down: join(down) }));
}

function newHalf(): Half {
  return { initial: undefined, pieces: [] };
}

function join({ initial, pieces }: Half): Buffer {
  if (initial === undefined) throw new Error('A stream without its SYN');
  const placed = pieces.map(({ at, octets }) => ({ at: (at - initial) >>> 0, octets }));
  const end = placed.reduce((length, { at, octets }) => Math.max(length, at + octets.length), 0);
  const stream = Buffer.alloc(end);
  for (const { at, octets } of placed) stream.set(octets, at);
  return stream;
}
