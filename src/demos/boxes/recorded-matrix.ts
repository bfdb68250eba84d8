import { cellKey, type Matrix } from './matrix.ts';
import type { Transport } from './client.ts';
import recording from './recorded-matrix.json' with { type: 'json' };

const [, version = ''] = /Chrome\/(\d+)/.exec(recording.browser) ?? [];

/** Browser and day of the recorded matrix, which `npm run record -- boxes` takes. */
export const recordedWith = `Chromium ${version} on ${recording.made.slice(0, 10)}`;

type SavedCell = {
  readonly line: string;
  readonly transport: string;
  readonly received: number;
  readonly medianMs?: number;
  readonly attempts: number;
};

/** By cell, as the matrix itself. Delays are those of one machine alone. */
export const recorded: Matrix = new Map(
  (recording.cells as readonly SavedCell[]).map(({ line, transport, ...report }) => [
    cellKey(line, transport as Transport),
    { medianMs: undefined, ...report },
  ]),
);
