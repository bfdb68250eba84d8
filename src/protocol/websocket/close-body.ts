import { closeCodeOf, mayBeSent } from './close-codes.ts';
import type { Role } from './frame-violations.ts';
import { Utf8Reader } from './utf8.ts';
import { webSocketViolation, webSocketViolations, type WebSocketViolation } from './violation.ts';

/** What a Close frame says. RFC 6455 §5.5.1. */
export type CloseBody = {
  /** Absent when the body is empty, which an endpoint reports as 1005. */
  readonly closeCode?: number;
  /** Octets that are not UTF-8 are shown as U+FFFD. */
  readonly closeReason?: string;
  readonly violations: readonly WebSocketViolation[];
};

/**
 * Reads a Close frame's unmasked payload. RFC 6455 §5.5.1.
 *
 * @param sentBy some codes are for clients alone; left out, that is not judged
 */
export function decodeCloseBody(applicationData: Uint8Array, sentBy?: Role): CloseBody {
  const [high, low] = applicationData;
  if (high === undefined) return { violations: [] };
  if (low === undefined)
    return { violations: webSocketViolations({ CLOSE_BODY_OF_ONE_OCTET: true }) };
  const closeCode = high * 256 + low;
  const reason = applicationData.subarray(2);
  return {
    closeCode,
    closeReason: new TextDecoder('utf-8', { ignoreBOM: true }).decode(reason),
    violations: [
      ...webSocketViolations({
        CLOSE_CODE_OUT_OF_RANGE: closeCode < 1000 || closeCode > 4999,
        CLOSE_CODE_RESERVED: closeCode >= 1000 && closeCode <= 4999 && !mayBeSent(closeCode),
        CLOSE_CODE_OF_CLIENTS: sentBy === 'server' && closeCodeOf(closeCode)?.sentBy === 'client',
      }),
      ...reasonViolations(reason),
    ],
  };
}

function reasonViolations(reason: Uint8Array): WebSocketViolation[] {
  const badOffset = new Utf8Reader().push(reason, true);
  return badOffset === undefined ? [] : [webSocketViolation('CLOSE_REASON_NOT_UTF8', badOffset)];
}

/** Tells whether octets are UTF-8 from the first to the last. RFC 3629. */
export function isUtf8(octets: Uint8Array): boolean {
  return new Utf8Reader().push(octets, true) === undefined;
}
