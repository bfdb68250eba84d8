/** How a box is set here, so that a few seconds are enough to see what it does. */
const settings: Readonly<Record<string, string>> = {
  'idle-reset': 'idleMs=1500',
  'idle-drop': 'idleMs=1500',
  'max-duration': 'maxMs=2000',
  'black-hole': 'swallows=down;nth=4',
  'connection-limit': 'connections=0',
  'header-limit': 'octets=256',
  rechunk: 'size=512;waitMs=1000',
  slow: 'delayMs=150;jitterMs=100;octetsPerSecond=16000',
};

/** A box's path segment, parameters and all. */
export function segmentOf(box: string): string {
  const set = settings[box];
  return set === undefined ? box : `${box};${set}`;
}

/** The address behind the boxes of a path, such as `buffer+strip-upgrade`, outermost first. */
export function addressBehind(address: string, path: string): string {
  const boxes = path === 'none' ? [] : path.split('+');
  return boxes.reduce((so, box) => `${so}via/${segmentOf(box)}/`, address);
}
