import type { Saw } from '#demo/workbench.ts';

/** Takes each piece that it reads for one JSON text. Works until somebody cuts the pieces elsewhere. */
export function parsePiece(piece: string): unknown {
  return JSON.parse(piece);
}

/** Keeps what has no line end yet; a message is what stands between two line ends. */
export class LineParser {
  #rest = '';

  push(piece: string): unknown[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}

/** Reads one response and gives every piece to both. */
export async function readLines(address: string, path: string, saw: Saw): Promise<void> {
  const response = await fetch(new URL('lines', address), { cache: 'no-store' });
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const lineParser = new LineParser();
  // `stream` keeps the first octets of a character until its last one is there.
  const decoder = new TextDecoder();
  let errors = 0;
  let byLine = 0;
  let piece = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const text = decoder.decode(part.value, { stream: true });
    piece += 1;
    saw('piece', { piece, bytes: part.value.length, text });
    try {
      parsePiece(text);
      saw('message', { by: 'one piece is one JSON', piece });
    } catch (error) {
      errors += 1;
      const { name, message } = error as Error;
      saw('error', { by: 'one piece is one JSON', piece, path, error: name, reason: message });
    }
    for (const message of lineParser.push(text)) {
      byLine += 1;
      saw('message', { by: 'lines', piece, message: JSON.stringify(message) });
    }
  }
  saw('done', { path, pieces: piece, errors, byLine });
}
