import { DeflateDataError } from '#protocol/deflate/bit-reader.ts';
import { InflateBoundError, Inflater } from '#protocol/deflate/inflater.ts';
import { concatOctets } from '#protocol/octets.ts';
import { parseDeflateParameters, PERMESSAGE_DEFLATE } from './deflate-parameters.ts';
import type { Extension } from './extensions.ts';
import type { Role } from './frame-violations.ts';
import type { Message } from './message-assembler.ts';
import { Utf8Reader } from './utf8.ts';
import {
  webSocketViolation,
  type WebSocketViolation,
  type WebSocketViolationCode,
} from './violation.ts';

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
const MAX_INFLATED_LENGTH = 1024 * 1024;

/** Inflates the messages of one side, one after the other. RFC 7692 §7.2.2. */
export class MessageInflater {
  readonly #inflater: Inflater;
  readonly #takesOver: boolean;
  readonly #maxLength: number;
  /** What the next message may refer to is not known. */
  #isLost = false;

  /** @param maxLength octets that one message may inflate to */
  constructor(
    { takesOver, windowBits }: DeflateContext,
    { maxLength = MAX_INFLATED_LENGTH }: { readonly maxLength?: number } = {},
  ) {
    this.#inflater = new Inflater(windowBits);
    this.#takesOver = takesOver;
    this.#maxLength = maxLength;
  }

  /** Inflates a message after those given before it; one that is not compressed stays as it is. */
  push({ compressed, applicationData, type }: Message): Inflated {
    if (!compressed) return { applicationData, violations: [] };
    if (this.#isLost) return { violations: [], contextLost: true };
    if (!this.#takesOver) this.#inflater.reset();
    try {
      const deflated = concatOctets([applicationData, REMOVED_TAIL]);
      const inflated = this.#inflater.inflate(deflated, this.#maxLength);
      const badOffset = type === 'text' ? new Utf8Reader().push(inflated, true) : undefined;
      const isText = badOffset === undefined;
      const violations = isText ? [] : [webSocketViolation('TEXT_NOT_UTF8', badOffset)];
      return { applicationData: inflated, violations };
    } catch (error) {
      this.#isLost = this.#takesOver;
      return { violations: [webSocketViolation(codeOf(error))] };
    }
  }
}

function codeOf(error: unknown): WebSocketViolationCode {
  if (error instanceof InflateBoundError) return 'INFLATED_ABOVE_BOUND';
  if (error instanceof DeflateDataError) return 'DEFLATE_DATA_INVALID';
  throw error;
}
