import { Transports } from './client.ts';
import { cellKey } from './matrix.ts';

/** Browser and month of the recorded matrix: measured with boxes of the same kinds and settings. */
export const recordedIn = 'Chromium 156, November 2026';

/** Updates received, of 16, in the order of the columns. Delays are those of one machine alone. */
const lines: Readonly<Record<string, readonly number[]>> = {
  none: [16, 16, 16, 16, 16],
  'strip-upgrade': [0, 16, 16, 16, 16],
  'refuse-upgrade': [0, 16, 16, 16, 16],
  'accept-then-drop': [0, 16, 16, 16, 16],
  'idle-reset': [16, 16, 16, 16, 16],
  'idle-reset, heartbeat': [16, 16, 16, 16, 16],
  'idle-drop': [8, 8, 8, 8, 16],
  'idle-drop, heartbeat': [16, 16, 16, 8, 16],
  buffer: [16, 0, 0, 16, 16],
  'buffer+strip-upgrade': [0, 0, 0, 16, 16],
  'max-duration': [16, 16, 16, 16, 16],
  slow: [16, 16, 16, 16, 16],
};

/** By cell. */
export const recorded: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(lines).flatMap(([name, received]) =>
    Transports.map((transport, column) => [cellKey(name, transport), received[column] ?? 0]),
  ),
);
