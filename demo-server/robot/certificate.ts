import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

import {
  bitString,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from './der.ts';

/** A key and the certificate that it has signed itself, both in PEM. */
export type KeyAndCertificate = { readonly key: string; readonly cert: string };

const HOUR_MS = 3_600_000;
const LIFETIME_MS = 24 * HOUR_MS;

/**
 * Makes a key of P-256 and a certificate for `localhost`. RFC 5280 §4.1.
 *
 * It is for one process of this server and its own robot, which is told to trust it and nothing else: no
 * store of this machine learns of it, and it is never written down.
 */
export function makeCertificate(now = new Date()): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String('localhost'))));
  // RFC 5758 §3.2.
  const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.of(2))), // version 3
    integer(serialNumber()),
    ecdsaWithSha256,
    name,
    sequence(utcTime(now), utcTime(new Date(now.getTime() + LIFETIME_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(subjectAltName())),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: pem(certificate),
  };
}

/** Positive, and of no use to guess: RFC 5280 §4.1.2.2. */
function serialNumber(): Buffer {
  const octets = randomBytes(16);
  // Neither negative nor with an octet that the shortest form would leave out.
  octets[0] = 0x40 | ((octets[0] ?? 0) & 0x3f);
  return octets;
}

/** The names that a client compares with the one it wants. RFC 5280 §4.2.1.6. */
function subjectAltName(): Buffer {
  const names = sequence(
    implicit(2, Buffer.from('localhost')),
    implicit(7, Buffer.of(127, 0, 0, 1)),
  );
  return sequence(objectIdentifier('2.5.29.17'), octetString(names));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
