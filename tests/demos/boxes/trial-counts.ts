/**
 * Updates received, of 16, by Chromium 156 in November 2026 through proxies that were written before
 * there were these boxes: by line of the matrix, in the order of its columns.
 */
export const trialCounts: Readonly<Record<string, readonly number[]>> = {
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
