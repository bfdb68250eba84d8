import type { Saw } from '#demo/workbench.ts';

/** Opens a WebSocket and reports all that a page is told of what comes of it. */
export function connect(address: string, way: string, saw: Saw): Promise<void> {
  // With TLS the browser begins with another protocol on the same port, and HTTP gets no say.
  const socket = new WebSocket(
    way === 'tls'
      ? new URL('ws/good', address.replace(/^http:/, 'wss:'))
      : new URL(`ws/${way}`, address.replace(/^http/, 'ws')),
  );
  let opened = false;
  let errors = 0;
  socket.onopen = () => {
    opened = true;
    saw('open', { way });
  };
  socket.onerror = () => {
    errors += 1;
    // The event has no reason in it: a page must not learn what other hosts answer.
    saw('error', { way });
  };
  return new Promise((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => {
      saw('close', { way, code, reason, wasClean });
      saw('outcome', { way, opened, errors, code });
      resolve();
    };
  });
}
