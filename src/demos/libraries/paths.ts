/** Ways to connect, in the order of the table. */
export const Libraries = [
  { id: 'socket.io', label: 'Socket.IO, as it comes', short: 'Socket.IO' },
  {
    id: 'socket.io-all',
    label: 'Socket.IO, WebSocket first, tryAllTransports',
    short: 'WebSocket first',
  },
  { id: 'sockjs', label: 'SockJS', short: 'SockJS' },
] as const;

export type LibraryId = (typeof Libraries)[number]['id'];

/** Boxes that the libraries are sent through, outermost first. */
export const Paths = [
  'none',
  'strip-upgrade',
  'refuse-upgrade',
  'accept-then-drop',
  'buffer',
  'buffer+strip-upgrade',
] as const;

/** What a path is called. */
export const pathWords = (path: string): string =>
  path === 'none' ? 'no box' : path.replace('+', ' + ');

/** The demo's address behind the boxes of a path. */
export function behind(address: string, path: string): string {
  const boxes = path === 'none' ? [] : path.split('+');
  return boxes.reduce((so, box) => `${so}via/${box}/`, address);
}
