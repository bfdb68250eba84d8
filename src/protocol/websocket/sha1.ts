/**
 * Computes a SHA-1 digest. FIPS 180-4 §6.1.
 *
 * `crypto.subtle` would do, but only asynchronously; nothing secret rests on this one.
 */
export function sha1(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const blocks = pad(octets);
  for (let offset = 0; offset < blocks.byteLength; offset += 64) addBlock(state, blocks, offset);
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

/** FIPS 180-4 §5.1.1: a 1 bit, zeros, and the length in bits, up to a multiple of 64 octets. */
function pad(octets: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((octets.length + 9) / 64) * 64);
  padded.set(octets);
  padded[octets.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(octets.length) * 8n);
  return view;
}

/** FIPS 180-4 §6.1.2. */
function addBlock(state: Uint32Array, blocks: DataView, offset: number): void {
  const words = new Uint32Array(80);
  for (let t = 0; t < 16; t++) words[t] = blocks.getUint32(offset + t * 4);
  for (let t = 16; t < 80; t++) {
    words[t] = rotate(
      word(words, t - 3) ^ word(words, t - 8) ^ word(words, t - 14) ^ word(words, t - 16),
      1,
    );
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t++) {
    const [choice, constant] = round(t, b, c, d);
    const next = (rotate(a, 5) + choice + e + constant + word(words, t)) >>> 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((value, index) => {
    state[index] = word(state, index) + value;
  });
}

/** FIPS 180-4 §4.1.1 and §4.2.1: the function and the constant of a round. */
function round(t: number, b: number, c: number, d: number): [number, number] {
  if (t < 20) return [(b & c) ^ (~b & d), 0x5a827999];
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (t < 60) return [(b & c) ^ (b & d) ^ (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
