import { concatOctets } from '#protocol/octets.ts';

/**
 * Inflates one whole raw DEFLATE stream, whose last block is marked as the last. RFC 1951 §3.2.3.
 *
 * @throws InflateBoundError when more than `maxLength` octets come out of it; any other error when
 *   it is not DEFLATE.
 */
export type InflateRaw = (deflated: Uint8Array, maxLength: number) => Promise<Uint8Array>;

/** More came out than was allowed; what was inflated so far is given up. */
export class InflateBoundError extends Error {
  override readonly name = 'InflateBoundError';
}

/** Inflates with the platform's own `DecompressionStream`, in a page and in Node alike. */
export const inflateRaw: InflateRaw = async (deflated, maxLength) => {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // What goes wrong is heard at the reading end.
  const written = writer.write(Uint8Array.from(deflated)).then(() => writer.close());
  written.catch(() => undefined);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(stream.readable)) {
    length += piece.length;
    if (length > maxLength) throw new InflateBoundError(`More than ${maxLength} octets`);
    pieces.push(piece);
  }
  return concatOctets(pieces);
};

/** Not every browser lets a stream be iterated. Leaving the loop cancels the stream. */
async function* piecesOf(readable: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = readable.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
