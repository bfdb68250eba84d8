import type { Row } from '#capture/row.ts';
import { Transports, type Transport } from './client.ts';
import { addressBehind } from './paths.ts';
import type { ProbeReport } from './probe.ts';

/** A line of the matrix: a path, and whether the server says something in the silence too. */
export type MatrixLine = { readonly name: string; readonly path: string; readonly beats: boolean };

const line = (path: string): MatrixLine => ({ name: path, path, beats: false });
const beating = (path: string): MatrixLine => ({ name: `${path}, heartbeat`, path, beats: true });

export const MatrixLines: readonly MatrixLine[] = [
  line('none'),
  line('strip-upgrade'),
  line('refuse-upgrade'),
  line('answer-200'),
  line('accept-then-drop'),
  line('hang'),
  line('http10'),
  line('black-hole'),
  line('idle-reset'),
  beating('idle-reset'),
  line('idle-drop'),
  beating('idle-drop'),
  line('buffer'),
  line('buffer+strip-upgrade'),
  line('rechunk'),
  line('max-duration'),
  line('slow'),
  line('connection-limit'),
  line('header-limit'),
];

/** What the newest probe of each cell reports, by the cell's key. */
export type Matrix = ReadonlyMap<string, ProbeReport>;

export const cellKey = (name: string, transport: Transport): string => `${name} · ${transport}`;

export function matrixOf(rows: readonly Row[]): Matrix {
  const cells = new Map<string, ProbeReport>();
  for (const { kind, data } of rows) {
    if (kind !== 'app' || data['name'] !== 'cell') continue;
    cells.set(cellKey(String(data['line']), data['transport'] as Transport), {
      received: Number(data['received']),
      medianMs: typeof data['medianMs'] === 'number' ? data['medianMs'] : undefined,
      attempts: Number(data['attempts']),
    });
  }
  return cells;
}

/** Number of the request's row that began the newest probe of a cell. */
export function rowOfCell(
  rows: readonly Row[],
  { name, path }: MatrixLine,
  transport: Transport,
): number | undefined {
  const begun = rows.findLast(
    ({ kind, data }) => kind === 'app' && data['name'] === 'line' && data['line'] === name,
  );
  if (begun === undefined) return undefined;
  const behind = addressBehind('/boxes/', path);
  return rows.find(
    ({ kind, hop, t, data }) =>
      kind === 'http.req.head' &&
      hop === 0 &&
      t >= begun.t &&
      String(data['requestTarget']).includes(`${behind}${targets[transport]}`) &&
      asksFor(data['fields'], transport),
  )?.number;
}

const targets: Readonly<Record<Transport, string>> = {
  WebSocket: 'live',
  EventSource: 'events',
  'fetch stream': 'events',
  'long poll': 'poll?after=0&wait=on',
  'short poll': 'poll?after=0&wait=off',
};

/** Two of them ask for the same; EventSource names what it takes. */
function asksFor(fields: unknown, transport: Transport): boolean {
  const { accept = '' } = fields as { readonly accept?: string };
  if (transport === 'EventSource') return accept === 'text/event-stream';
  return transport !== 'fetch stream' || accept !== 'text/event-stream';
}

/** The matrix for a spreadsheet: one cell a line. */
export function csvOf(matrix: Matrix, browser: string): string {
  const lines = everyCell(matrix).map(({ line: name, transport, received, medianMs, attempts }) =>
    [
      JSON.stringify(name),
      JSON.stringify(transport),
      received,
      medianMs ?? '',
      attempts,
      JSON.stringify(browser),
    ].join(','),
  );
  return ['line,transport,received of 16,median ms,attempts,browser', ...lines, ''].join('\r\n');
}

/** The same for programs. */
export function jsonOf(matrix: Matrix, browser: string, made: string): string {
  return `${JSON.stringify({ browser, made, cells: everyCell(matrix) }, null, 2)}\n`;
}

function everyCell(matrix: Matrix) {
  return MatrixLines.flatMap(({ name }) =>
    Transports.flatMap((transport) => {
      const report = matrix.get(cellKey(name, transport));
      return report === undefined ? [] : [{ line: name, transport, ...report }];
    }),
  );
}
