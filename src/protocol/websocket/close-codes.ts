/** A close code with a meaning of its own. RFC 6455 §7.4.1 and the IANA registry that it founded. */
export type CloseCode = {
  readonly closeCode: number;
  readonly name: string;
  readonly section: string;
  /** `nobody`: reported by an endpoint to its own program, never sent in a frame. */
  readonly sentBy: 'either' | 'client' | 'server' | 'nobody';
};

/** The registered close codes. Those not in RFC 6455 cite the registry, §11.7. */
export const CloseCodes: readonly CloseCode[] = [
  { closeCode: 1000, name: 'Normal Closure', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1001, name: 'Going Away', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1002, name: 'Protocol error', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1003, name: 'Unsupported Data', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1005, name: 'No Status Rcvd', section: 'RFC 6455 §7.4.1', sentBy: 'nobody' },
  { closeCode: 1006, name: 'Abnormal Closure', section: 'RFC 6455 §7.4.1', sentBy: 'nobody' },
  {
    closeCode: 1007,
    name: 'Invalid frame payload data',
    section: 'RFC 6455 §7.4.1',
    sentBy: 'either',
  },
  { closeCode: 1008, name: 'Policy Violation', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1009, name: 'Message Too Big', section: 'RFC 6455 §7.4.1', sentBy: 'either' },
  { closeCode: 1010, name: 'Mandatory Ext.', section: 'RFC 6455 §7.4.1', sentBy: 'client' },
  { closeCode: 1011, name: 'Internal Error', section: 'RFC 6455 §7.4.1', sentBy: 'server' },
  { closeCode: 1012, name: 'Service Restart', section: 'RFC 6455 §11.7', sentBy: 'server' },
  { closeCode: 1013, name: 'Try Again Later', section: 'RFC 6455 §11.7', sentBy: 'server' },
  { closeCode: 1014, name: 'Bad Gateway', section: 'RFC 6455 §11.7', sentBy: 'server' },
  { closeCode: 1015, name: 'TLS handshake', section: 'RFC 6455 §7.4.1', sentBy: 'nobody' },
];

const BY_CODE = new Map(CloseCodes.map((code) => [code.closeCode, code]));

/** The registered close code of that number; `undefined` for any other. */
export function closeCodeOf(closeCode: number): CloseCode | undefined {
  return BY_CODE.get(closeCode);
}

/**
 * Tells whether a Close frame may carry that code. RFC 6455 §7.4.
 *
 * Codes 3000 to 3999 are for libraries and frameworks, 4000 to 4999 for private use.
 */
export function mayBeSent(closeCode: number): boolean {
  if (closeCode >= 3000 && closeCode <= 4999) return true;
  const code = closeCodeOf(closeCode);
  return code !== undefined && code.sentBy !== 'nobody';
}
