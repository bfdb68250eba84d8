/**
 * Closes a WebSocket; one that is still being opened as soon as it is open. Closed before, it is one
 * that failed: Chromium says so on the console.
 */
export function hangUp(socket: WebSocket): void {
  if (socket.readyState === WebSocket.CONNECTING) {
    socket.addEventListener('open', () => socket.close());
  } else socket.close();
}
