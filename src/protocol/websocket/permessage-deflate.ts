import { concatOctets } from '#protocol/octets.ts';
import { parseDeflateParameters, PERMESSAGE_DEFLATE } from './deflate-parameters.ts';
import type { Extension } from './extensions.ts';
import type { Role } from './frame-violations.ts';
import { InflateBoundError, type InflateRaw } from './inflate-raw.ts';
import type { Message } from './message-assembler.ts';
import { Utf8Reader } from './utf8.ts';
import { webSocketViolation, type WebSocketViolation } from './violation.ts';

/** How one side deflates, as the handshake agreed. RFC 7692 §7.1. */
export type DeflateContext = {
  /** Whether a message may refer to the messages before it. RFC 7692 §7.1.1. */
  readonly takesOver: boolean;
  /** 8 to 15: how far back a reference may reach, as a power of 2. RFC 7692 §7.1.2. */
  readonly windowBits: number;
};

/** What an inflated message holds, or why it could not be inflated. */
export type Inflated = {
  /** Absent when the message could not be inflated. */
  readonly applicationData?: Uint8Array;
  readonly violations: readonly WebSocketViolation[];
  /** A message before this one could not be inflated, so what this one refers to is not known. */
  readonly contextLost?: boolean;
};

/** Tells how one side deflates; `undefined` when permessage-deflate was not accepted. */
export function deflateContext(
  accepted: readonly Extension[],
  sentBy: Role,
): DeflateContext | undefined {
  const extension = accepted.find(({ name }) => name === PERMESSAGE_DEFLATE);
  if (extension === undefined) return undefined;
  const { parameters } = parseDeflateParameters(extension, false);
  const isClient = sentBy === 'client';
  const bits = isClient ? parameters.clientMaxWindowBits : parameters.serverMaxWindowBits;
  return {
    takesOver: !(isClient
      ? parameters.clientNoContextTakeover
      : parameters.serverNoContextTakeover),
    windowBits: typeof bits === 'number' ? bits : 15,
  };
}

/** RFC 7692 §7.2.2: the end of an empty stored block, which the sender left out. */
const REMOVED_TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
/** An empty stored block that is marked as the last one. RFC 1951 §3.2.4. */
const LAST_BLOCK = Uint8Array.of(0x01, 0x00, 0x00, 0xff, 0xff);
const MAX_STORED_LENGTH = 0xffff;
const MAX_INFLATED_LENGTH = 1024 * 1024;

/**
 * Inflates the messages of one side, one after the other. RFC 7692 §7.2.2.
 *
 * What a message may refer to is put before it as stored blocks, so that each message is a DEFLATE
 * stream of its own: its end is known, a bound holds for it, and any inflater does.
 */
export class MessageInflater {
  readonly #context: DeflateContext;
  readonly #inflate: InflateRaw;
  readonly #maxLength: number;
  /** The last octets that came out; `undefined` when they are not known any more. */
  #window: Uint8Array | undefined = new Uint8Array(0);
  #before: Promise<unknown> = Promise.resolve();

  /** @param maxLength octets that one message may inflate to */
  constructor(
    context: DeflateContext,
    inflate: InflateRaw,
    { maxLength = MAX_INFLATED_LENGTH } = {},
  ) {
    this.#context = context;
    this.#inflate = inflate;
    this.#maxLength = maxLength;
  }

  /** Inflates a message after those given before it; one that is not compressed stays as it is. */
  push(message: Message): Promise<Inflated> {
    const inflated = this.#before.then(() => this.#read(message));
    this.#before = inflated;
    return inflated;
  }

  async #read({ compressed, applicationData, type }: Message): Promise<Inflated> {
    if (!compressed) return { applicationData, violations: [] };
    if (this.#window === undefined) return { violations: [], contextLost: true };
    try {
      const inflated = await this.#inflateAfter(this.#window, applicationData);
      this.#remember(inflated);
      const badOffset = type === 'text' ? new Utf8Reader().push(inflated, true) : undefined;
      const isText = badOffset === undefined;
      const violations = isText ? [] : [webSocketViolation('TEXT_NOT_UTF8', badOffset)];
      return { applicationData: inflated, violations };
    } catch (error) {
      if (this.#context.takesOver) this.#window = undefined;
      const isBound = error instanceof InflateBoundError;
      const code = isBound ? 'INFLATED_ABOVE_BOUND' : 'DEFLATE_DATA_INVALID';
      return { violations: [webSocketViolation(code)] };
    }
  }

  async #inflateAfter(window: Uint8Array, payload: Uint8Array): Promise<Uint8Array> {
    const maxLength = window.length + this.#maxLength;
    const before = storedBlocks(window);
    const whole = concatOctets([...before, payload, REMOVED_TAIL, LAST_BLOCK]);
    try {
      return (await this.#inflate(whole, maxLength)).subarray(window.length);
    } catch (error) {
      // RFC 7692 §7.2.3.4: a message may end with a block that is marked as the last, and an octet 0.
      if (error instanceof InflateBoundError || payload.at(-1) !== 0) throw error;
      const ended = concatOctets([...before, payload.subarray(0, -1)]);
      return (await this.#inflate(ended, maxLength)).subarray(window.length);
    }
  }

  #remember(inflated: Uint8Array): void {
    if (!this.#context.takesOver || this.#window === undefined) return;
    const all = concatOctets([this.#window, inflated]);
    this.#window = all.slice(-(2 ** this.#context.windowBits));
  }
}

/** Writes octets as they are, as blocks that are not the last. RFC 1951 §3.2.4. */
function storedBlocks(octets: Uint8Array): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < octets.length; start += MAX_STORED_LENGTH) {
    const block = octets.subarray(start, start + MAX_STORED_LENGTH);
    const [low, high] = [block.length & 0xff, block.length >> 8];
    blocks.push(Uint8Array.of(0x00, low, high, low ^ 0xff, high ^ 0xff), block);
  }
  return blocks;
}
