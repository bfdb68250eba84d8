/** Names of settings. RFC 9113 §6.5.2; 0x08 is RFC 8441 §3, 0x09 RFC 9218 §2.1. */
const SETTINGS: Readonly<Record<number, string>> = {
  0x01: 'HEADER_TABLE_SIZE',
  0x02: 'ENABLE_PUSH',
  0x03: 'MAX_CONCURRENT_STREAMS',
  0x04: 'INITIAL_WINDOW_SIZE',
  0x05: 'MAX_FRAME_SIZE',
  0x06: 'MAX_HEADER_LIST_SIZE',
  0x08: 'ENABLE_CONNECT_PROTOCOL',
  0x09: 'NO_RFC7540_PRIORITIES',
};

/** Names of error codes. RFC 9113 §7. */
const ERROR_CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const;

/** Identifier of the setting that allows extended CONNECT. RFC 8441 §3. */
export const ENABLE_CONNECT_PROTOCOL = 0x08;

/** What a setting is called, or its identifier in hexadecimal. */
export function settingName(identifier: number): string {
  return SETTINGS[identifier] ?? `0x${identifier.toString(16)}`;
}

/** What an error code is called, or the code in hexadecimal. */
export function errorCodeName(code: number): string {
  return ERROR_CODES[code] ?? `0x${code.toString(16)}`;
}
