import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillUp } from '#demos/echo/client.ts';

describe('filling a message up', () => {
  for (const size of [1, 4, 5, 6, 125, 126, 65_535, 65_536]) {
    it(`takes exactly ${size} octets of UTF-8, whatever its characters take`, () => {
      for (const text of ['Hello', '', '€', 'a€']) {
        assert.equal(Buffer.byteLength(fillUp(text, size)), size);
      }
    });
  }

  it('leaves a message as typed when no size is asked for', () => {
    assert.equal(fillUp('Hello', 0), 'Hello');
  });
});
