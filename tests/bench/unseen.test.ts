import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLocalCode, lostAt, unseenOf } from '#bench/unseen.ts';
import type { Row } from '#capture/row.ts';

const row = (given: Partial<Row>): Row => ({
  number: 2,
  t: 0,
  kind: 'ws.frame',
  vantage: 'wire',
  hop: 0,
  sender: 'BROWSER',
  data: {},
  ...given,
});
const frame = (opcode: number, masked: boolean, given: Partial<Row> = {}) =>
  row({ data: { opcode, masked }, ...given });
const none = { row: () => undefined };

describe('what a script does not see of the wire', () => {
  it('is the mask of what the browser sends, and whole control frames', () => {
    assert.equal(unseenOf(frame(1, true), none), 'mask');
    assert.equal(unseenOf(frame(1, false, { sender: 'SERVER' }), none), undefined);
    assert.equal(unseenOf(frame(9, false, { sender: 'SERVER' }), none), 'control');
    assert.equal(unseenOf(frame(10, true), none), 'control');
    // A close frame's code and reason come to the script in its event.
    assert.equal(unseenOf(frame(8, false, { sender: 'SERVER' }), none), undefined);
  });

  it('is said of the page alone: a robot sees its frames, and a box is no page', () => {
    assert.equal(unseenOf(frame(9, true, { sender: 'ROBOT' }), none), undefined);
    assert.equal(unseenOf(frame(1, true, { sender: 'BOX', hop: 1 }), none), undefined);
  });

  it('is a 304 to a request of the browser’s own, and not one that the script asked for', () => {
    const answer = row({
      kind: 'http.res.head',
      sender: 'SERVER',
      answers: 1,
      data: { statusCode: 304 },
    });
    const after = (fields: Record<string, string>) => ({
      row: (number: number | undefined) =>
        number === 1 ? row({ number: 1, kind: 'http.req.head', data: { fields } }) : undefined,
    });
    assert.equal(unseenOf(answer, after({ 'if-none-match': '"v1"' })), 'renewal');
    assert.equal(
      unseenOf(answer, after({ 'if-none-match': '"v1"', 'cache-control': 'no-cache' })),
      undefined,
    );
    assert.equal(unseenOf({ ...answer, data: { statusCode: 200 } }, after({})), undefined);
    assert.equal(unseenOf(answer, none), undefined);
  });

  it('knows the three codes that are never sent (RFC 6455 §7.4.1)', () => {
    const local = Array.from({ length: 17 }, (_, index) => 1000 + index).filter(isLocalCode);
    assert.deepEqual(local, [1005, 1006, 1015]);
  });

  it('is what a box on the way kept to itself, for who would have got it', () => {
    const kept = (name: string, direction?: string) =>
      lostAt(row({ kind: 'box', vantage: 'box', data: { name, direction } }));
    assert.equal(kept('octets-swallowed', 'up'), 'server');
    assert.equal(kept('octets-swallowed', 'down'), 'page');
    assert.equal(kept('request-swallowed'), 'server');
    assert.equal(kept('response-swallowed'), 'page');
    assert.equal(kept('request-delayed'), undefined);
    assert.equal(lostAt(row({ kind: 'server', data: { name: 'octets-swallowed' } })), undefined);
  });
});
