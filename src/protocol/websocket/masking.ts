/**
 * Masks or unmasks: each octet XOR the masking key's octet of the same position modulo 4.
 * RFC 6455 §5.3.
 *
 * @returns new octets; what was given stays as it was.
 */
export function applyMask(octets: Uint8Array, maskingKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const [a = 0, b = 0, c = 0, d = 0] = maskingKey;
  const key = [a, b, c, d] as const;
  const result = new Uint8Array(octets.length);
  for (let index = 0; index < octets.length; index++) {
    result[index] = (octets[index] ?? 0) ^ key[(index & 3) as 0 | 1 | 2 | 3];
  }
  return result;
}
