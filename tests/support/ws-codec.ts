import { Writable } from 'node:stream';
import * as ws from 'ws';

type Receiver = Writable;

type Codec = {
  readonly Receiver: new (options: { readonly isServer: boolean }) => Receiver;
  readonly Sender: {
    frame(
      data: Buffer,
      options: {
        readonly fin: boolean;
        readonly rsv1: boolean;
        readonly opcode: number;
        readonly mask: boolean;
        readonly readOnly: boolean;
      },
    ): Buffer[];
  };
};

/** ws exports its codec, its types leave it out. */
const { Receiver, Sender } = ws as unknown as Codec;

/** What ws makes of octets after the opening handshake. */
export type WsVerdict = {
  readonly messages: readonly { readonly data: Buffer; readonly isBinary: boolean }[];
  readonly pings: readonly Buffer[];
  readonly closeCode: number | undefined;
  /** The close code that ws answers a broken rule with. */
  readonly failedWith: number | undefined;
};

/** Lets ws receive octets as a server (masked frames wanted) or as a client. */
export function receiveWithWs(octets: Uint8Array, isServer: boolean): Promise<WsVerdict> {
  const { promise, resolve } = Promise.withResolvers<WsVerdict>();
  const receiver = new Receiver({ isServer });
  const messages: { data: Buffer; isBinary: boolean }[] = [];
  const pings: Buffer[] = [];
  let closeCode: number | undefined;
  receiver.on('message', (data: Buffer, isBinary: boolean) => messages.push({ data, isBinary }));
  receiver.on('ping', (data: Buffer) => pings.push(data));
  receiver.on('conclude', (code: number) => (closeCode = code));
  receiver.on('error', (error) =>
    resolve({ messages, pings, closeCode, failedWith: statusCodeOf(error) }),
  );
  receiver.on('finish', () => resolve({ messages, pings, closeCode, failedWith: undefined }));
  // ws unmasks in place.
  receiver.end(Buffer.from(octets));
  return promise;
}

function statusCodeOf(error: Error): number | undefined {
  const symbol = Object.getOwnPropertySymbols(error).find(
    (one) => one.description === 'status-code',
  );
  return symbol && (error as unknown as Record<symbol, number>)[symbol];
}

/** Lets ws write one frame. */
export function frameByWs(
  data: Uint8Array,
  { fin, opcode, mask }: { readonly fin: boolean; readonly opcode: number; readonly mask: boolean },
): Buffer {
  const options = { fin, opcode, mask, rsv1: false, readOnly: true };
  return Buffer.concat(Sender.frame(Buffer.from(data), options));
}
