import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hangUp } from '#demo/hang-up.ts';

/** A socket as far as it is needed: in a state, and with which codes it is closed. */
function socketIn(readyState: number) {
  const codes: (number | undefined)[] = [];
  const target = Object.assign(new EventTarget(), {
    readyState,
    close: (code?: number) => codes.push(code),
  });
  return { socket: target as unknown as WebSocket, codes };
}

it('closes an open WebSocket at once', () => {
  const { socket, codes } = socketIn(WebSocket.OPEN);
  hangUp(socket);
  assert.deepEqual(codes, [undefined]);
});

it('closes with the code that it is given', () => {
  const { socket, codes } = socketIn(WebSocket.OPEN);
  hangUp(socket, 1000);
  assert.deepEqual(codes, [1000]);
});

it('closes one that is being opened when it is open, and not before', (test) => {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket, codes } = socketIn(WebSocket.CONNECTING);
  hangUp(socket);
  assert.deepEqual(codes, []);
  socket.dispatchEvent(new Event('open'));
  assert.deepEqual(codes, [undefined]);
});

it('waits no longer than a handshake can take (RFC 6455 §4.1: no other begins meanwhile)', (test) => {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket, codes } = socketIn(WebSocket.CONNECTING);
  hangUp(socket);
  test.mock.timers.tick(3000);
  assert.deepEqual(codes, [undefined]);
});

it('forgets one that has failed', (test) => {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  const { socket, codes } = socketIn(WebSocket.CONNECTING);
  hangUp(socket);
  socket.dispatchEvent(new Event('close'));
  test.mock.timers.tick(3000);
  assert.deepEqual(codes, []);
});
