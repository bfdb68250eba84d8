/**
 * So long a handshake may still take; then it counts as held. While one is, a browser begins no other
 * WebSocket to the same address and port (RFC 6455 §4.1).
 */
const PATIENCE_MS = 3000;

/**
 * Closes a WebSocket; one that is still being opened as soon as it is open. Closed before, it is one
 * that failed: Chromium says so on the console.
 */
export function hangUp(socket: WebSocket, code?: number): void {
  if (socket.readyState !== WebSocket.CONNECTING) {
    socket.close(code);
    return;
  }
  const close = () => socket.close(code);
  const patience = setTimeout(close, PATIENCE_MS);
  socket.addEventListener('open', close);
  socket.addEventListener('close', () => clearTimeout(patience));
}
