/**
 * A rule of RFC 6455 or RFC 7692 that a frame, a message or a handshake breaks. Words are made on
 * the page; codes are stable.
 */
export type WebSocketViolation = {
  readonly code: WebSocketViolationCode;
  readonly section: string;
  /** What the receiver closes with; absent for handshakes, which fail without a close code. */
  readonly closeCode?: number;
  /** Of the first octet that can't stand there, from the first of the message or close reason. */
  readonly offset?: number;
};

const Rules = {
  CLIENT_FRAME_NOT_MASKED: ['RFC 6455 §5.1', 1002],
  SERVER_FRAME_MASKED: ['RFC 6455 §5.1', 1002],
  RSV1_WITHOUT_EXTENSION: ['RFC 6455 §5.2', 1002],
  RSV2_WITHOUT_EXTENSION: ['RFC 6455 §5.2', 1002],
  RSV3_WITHOUT_EXTENSION: ['RFC 6455 §5.2', 1002],
  RSV1_ON_CONTROL_FRAME: ['RFC 7692 §6.1', 1002],
  RSV1_ON_CONTINUATION: ['RFC 7692 §6.1', 1002],
  OPCODE_RESERVED: ['RFC 6455 §5.2', 1002],
  PAYLOAD_LENGTH_NOT_MINIMAL: ['RFC 6455 §5.2', 1002],
  PAYLOAD_LENGTH_TOP_BIT: ['RFC 6455 §5.2', 1002],
  CONTROL_FRAME_FRAGMENTED: ['RFC 6455 §5.5', 1002],
  CONTROL_FRAME_TOO_LONG: ['RFC 6455 §5.5', 1002],
  CONTINUATION_WITHOUT_MESSAGE: ['RFC 6455 §5.4', 1002],
  MESSAGE_INSIDE_MESSAGE: ['RFC 6455 §5.4', 1002],
  TEXT_NOT_UTF8: ['RFC 6455 §8.1', 1007],
  FRAME_AFTER_CLOSE: ['RFC 6455 §5.5.1', 1002],
  CLOSE_REPEATED: ['RFC 6455 §7.1.5', undefined],
  CLOSE_BODY_OF_ONE_OCTET: ['RFC 6455 §5.5.1', 1002],
  CLOSE_CODE_RESERVED: ['RFC 6455 §7.4.1', 1002],
  CLOSE_CODE_OUT_OF_RANGE: ['RFC 6455 §7.4.2', 1002],
  CLOSE_CODE_OF_CLIENTS: ['RFC 6455 §7.4.1', undefined],
  CLOSE_REASON_NOT_UTF8: ['RFC 6455 §5.5.1', 1007],
  DEFLATE_DATA_INVALID: ['RFC 7692 §7.2.2', 1007],
  INFLATED_ABOVE_BOUND: ['RFC 6455 §10.4', 1009],
  REQUEST_TARGET_WITH_FRAGMENT: ['RFC 6455 §3', undefined],
  METHOD_NOT_GET: ['RFC 6455 §4.1', undefined],
  HTTP_VERSION_TOO_LOW: ['RFC 6455 §4.1', undefined],
  HOST_MISSING: ['RFC 6455 §4.1', undefined],
  UPGRADE_NOT_WEBSOCKET: ['RFC 6455 §4.1', undefined],
  CONNECTION_WITHOUT_UPGRADE: ['RFC 6455 §4.1', undefined],
  KEY_MISSING: ['RFC 6455 §4.1', undefined],
  KEY_NOT_16_OCTETS: ['RFC 6455 §4.1', undefined],
  KEY_REPEATED: ['RFC 6455 §11.3.1', undefined],
  VERSION_NOT_13: ['RFC 6455 §4.1', undefined],
  VERSION_REPEATED: ['RFC 6455 §11.3.5', undefined],
  VERSION_NOT_OFFERED_INSTEAD: ['RFC 6455 §4.4', undefined],
  ORIGIN_MISSING: ['RFC 6455 §4.1', undefined],
  STATUS_CODE_NOT_101: ['RFC 6455 §4.1', undefined],
  ACCEPT_MISSING: ['RFC 6455 §4.1', undefined],
  ACCEPT_WRONG: ['RFC 6455 §4.1', undefined],
  ACCEPT_REPEATED: ['RFC 6455 §11.3.3', undefined],
  SUBPROTOCOL_NOT_TOKEN: ['RFC 6455 §4.1', undefined],
  SUBPROTOCOL_OFFERED_TWICE: ['RFC 6455 §4.1', undefined],
  SUBPROTOCOL_NOT_OFFERED: ['RFC 6455 §4.1', undefined],
  SUBPROTOCOL_REPEATED: ['RFC 6455 §11.3.4', undefined],
  EXTENSIONS_MALFORMED: ['RFC 6455 §9.1', undefined],
  EXTENSIONS_REPEATED: ['RFC 6455 §11.3.2', undefined],
  EXTENSION_NOT_OFFERED: ['RFC 6455 §4.1', undefined],
  RSV1_CLAIMED_TWICE: ['RFC 7692 §5', undefined],
  DEFLATE_PARAMETER_UNKNOWN: ['RFC 7692 §7.1', undefined],
  DEFLATE_PARAMETER_REPEATED: ['RFC 7692 §7.1', undefined],
  DEFLATE_PARAMETER_VALUE_INVALID: ['RFC 7692 §7.1', undefined],
  SERVER_NO_CONTEXT_TAKEOVER_IGNORED: ['RFC 7692 §7.1.1.1', undefined],
  SERVER_MAX_WINDOW_BITS_IGNORED: ['RFC 7692 §7.1.2.1', undefined],
  CLIENT_MAX_WINDOW_BITS_NOT_OFFERED: ['RFC 7692 §7.1.2.2', undefined],
  CLIENT_MAX_WINDOW_BITS_TOO_LARGE: ['RFC 7692 §7.1.2.2', undefined],
} as const satisfies Record<string, readonly [section: string, closeCode: number | undefined]>;

/** Stable code of a rule that can be broken. */
export type WebSocketViolationCode = keyof typeof Rules;

/** All of them, in the order of the RFC. */
export const WebSocketViolationCodes = Object.keys(Rules) as readonly WebSocketViolationCode[];

/** Names a broken rule with the section that sets it and the close code that follows. */
export function webSocketViolation(
  code: WebSocketViolationCode,
  offset?: number,
): WebSocketViolation {
  const [section, closeCode] = Rules[code];
  return {
    code,
    section,
    ...(closeCode !== undefined && { closeCode }),
    ...(offset !== undefined && { offset }),
  };
}

/** Names those rules that are broken, in the order given. */
export function webSocketViolations(
  broken: Readonly<Partial<Record<WebSocketViolationCode, boolean>>>,
): WebSocketViolation[] {
  return Object.entries(broken).flatMap(([code, isBroken]) =>
    isBroken ? [webSocketViolation(code as WebSocketViolationCode)] : [],
  );
}
