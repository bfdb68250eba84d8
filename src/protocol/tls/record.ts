import { latin1FromOctets } from '#protocol/octets.ts';

/** What TLS speaks in: type, version, length, fragment. RFC 8446 §5.1. */
export type TlsRecord = {
  readonly contentType: number;
  /** 0x0301 or 0x0303, whatever is spoken: older boxes refused others. */
  readonly legacyVersion: number;
  /** Of the fragment. */
  readonly length: number;
  readonly fragment: Uint8Array;
};

export const RECORD_HEADER_LENGTH = 5;
/** RFC 8446 §5.2: 2¹⁴ octets of content, and at most 256 that protecting it adds. */
export const MAX_FRAGMENT = 2 ** 14 + 256;

export const ContentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const;

const CONTENT_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [ContentType.changeCipherSpec, 'change_cipher_spec'],
  [ContentType.alert, 'alert'],
  [ContentType.handshake, 'handshake'],
  [ContentType.applicationData, 'application_data'],
]);

/** What a type is called in RFC 8446 §5.1, or `unknown`. */
export function contentTypeName(contentType: number): string {
  return CONTENT_TYPE_NAMES.get(contentType) ?? 'unknown';
}

const HANDSHAKE_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'client_hello'],
  [2, 'server_hello'],
]);

/** What the first message of a handshake record in the clear is called, or `unknown`. RFC 8446 §4. */
export function handshakeTypeName({ fragment }: TlsRecord): string {
  return HANDSHAKE_TYPE_NAMES.get(fragment[0] ?? -1) ?? 'unknown';
}

/** Says by its first octet whether a connection begins with TLS: no HTTP method begins so. */
export function beginsWithTls(octets: Uint8Array): boolean {
  return octets[0] === ContentType.handshake;
}

const EXTENSION_SERVER_NAME = 0;

/**
 * Reads the name of the server that a ClientHello asks for: it is in the clear. RFC 8446 §4.1.2,
 * RFC 6066 §3.
 *
 * @returns `undefined` where there is none, or none that can be read.
 */
export function serverNameOf({ fragment }: TlsRecord): string | undefined {
  const view = new DataView(fragment.buffer, fragment.byteOffset, fragment.length);
  try {
    if (view.getUint8(0) !== 1) return undefined;
    // Handshake type and length, legacy_version, random.
    let at = 4 + 2 + 32;
    at += 1 + view.getUint8(at); // legacy_session_id
    at += 2 + view.getUint16(at); // cipher_suites
    at += 1 + view.getUint8(at); // legacy_compression_methods
    const end = at + 2 + view.getUint16(at);
    for (at += 2; at < end; at += 4 + view.getUint16(at + 2)) {
      if (view.getUint16(at) !== EXTENSION_SERVER_NAME) continue;
      // Extension head, length of the list, type of the name, its length.
      const begin = at + 4 + 2 + 1 + 2;
      const name = fragment.subarray(begin, begin + view.getUint16(begin - 2));
      return latin1FromOctets(name);
    }
  } catch {
    // A DataView is read past its end: the hello is cut, or none.
  }
  return undefined;
}
