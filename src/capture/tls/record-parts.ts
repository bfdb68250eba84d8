import { contentTypeName, handshakeTypeName, type TlsRecord } from '#protocol/tls/record.ts';
import { hexPreview, placed, type NamedOctets } from '#capture/named-octets.ts';
import type { Part } from '#capture/part-list.ts';

/** Names every octet of a record: its header, and what of its fragment is in the clear. RFC 8446 §5.1. */
export function recordParts(record: TlsRecord, isHello: boolean): readonly Part[] {
  const { contentType, legacyVersion, length, fragment } = record;
  const section = 'RFC 8446 §5.1';
  const header: readonly NamedOctets[] = [
    ['record-type', 1, `${contentTypeName(contentType)} (${contentType})`, section],
    ['record-version', 2, `0x${legacyVersion.toString(16).padStart(4, '0')}`, section],
    ['record-length', 2, String(length), section],
  ];
  if (!isHello)
    return placed([...header, ['fragment', length, hexPreview(fragment), 'RFC 8446 §5.2']]);
  return placed([
    ...header,
    ['handshake-type', 1, `${handshakeTypeName(record)} (${fragment[0] ?? ''})`, 'RFC 8446 §4'],
    ['handshake-message', length - 1, hexPreview(fragment.subarray(1)), 'RFC 8446 §4.1'],
  ]);
}
