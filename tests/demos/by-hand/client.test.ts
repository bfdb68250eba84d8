import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { connect } from '#demos/by-hand/client.ts';

const { WebSocket: original } = globalThis;
let said: string[] = [];
const saw = (name: string) => said.push(name);

/** Stands for the browser’s: it says when its request is on the wire, and that it was closed. */
class HeldWebSocket extends EventTarget {
  constructor() {
    super();
    said.push('request');
  }

  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

describe('a handshake that the server holds', () => {
  afterEach(() => {
    globalThis.WebSocket = original;
    said = [];
  });

  it('is told of before its request can be on the wire', () => {
    globalThis.WebSocket = HeldWebSocket as unknown as typeof WebSocket;
    connect('http://localhost/live/r/by-hand/', saw);
    assert.deepEqual(said, ['connect', 'request']);
  });

  it('that was let go of for another is not taken for that one’s end', () => {
    globalThis.WebSocket = HeldWebSocket as unknown as typeof WebSocket;
    const letGo = connect('http://localhost/live/r/by-hand/', saw);
    letGo();
    assert.deepEqual(said, ['connect', 'request']);
  });
});
