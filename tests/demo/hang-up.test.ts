import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hangUp } from '#demo/hang-up.ts';

/** A socket as far as it is needed: in a state, and closed so often. */
function socketIn(readyState: number) {
  let closed = 0;
  const target = Object.assign(new EventTarget(), { readyState, close: () => (closed += 1) });
  return { socket: target as unknown as WebSocket, closed: () => closed };
}

it('closes an open WebSocket at once', () => {
  const { socket, closed } = socketIn(WebSocket.OPEN);
  hangUp(socket);
  assert.equal(closed(), 1);
});

it('closes one that is being opened when it is open, and not before', () => {
  const { socket, closed } = socketIn(WebSocket.CONNECTING);
  hangUp(socket);
  assert.equal(closed(), 0);
  socket.dispatchEvent(new Event('open'));
  assert.equal(closed(), 1);
});
