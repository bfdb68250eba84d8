import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/broken-frames/demo.ts';
import { rowsOfErrands, type Piece } from './robot-rows.ts';

const met = (id: string, rows: readonly Row[]) =>
  evaluate(demo.challenges.find((challenge) => challenge.id === id) ?? assert.fail(id), rows)
    .goals.filter((goal) => goal.met)
    .map((goal) => goal.id);

// Masked with 37 fa 21 3d, the key of RFC 6455 §5.7, by hand.
const unmaskedHello: Piece = { up: '810548656c6c6f' };
const hel: Piece = { up: '018337fa213d7f9f4d' };
const ping: Piece = { up: '898137fa213d47' };
const lo: Piece = { up: '808237fa213d5b95' };
const longForm: Piece = { up: '81fe000537fa213d7f9f4d5158' };
const hello: Piece = { up: '818537fa213d7f9f4d5158' };
const closed = (code: string): Piece => ({ down: `8802${code}` });
const pong: Piece = { down: '8a0170' };
const echo: Piece = { down: '810548656c6c6f' };

describe('Collect the codes', () => {
  const codes = ['03e8', '03ea', '03ef', '03f1'];

  it('is solved by four connections that the server closes', () => {
    const rows = rowsOfErrands(codes.map((code) => [unmaskedHello, closed(code)]));
    assert.equal(met('collect-the-codes', rows).length, 4);
  });

  it('takes no code that the robot itself has sent', () => {
    const rows = rowsOfErrands(codes.map((code) => [{ up: `888200000000${code}` }]));
    assert.deepEqual(met('collect-the-codes', rows), []);
  });

  it('takes no code from a browser’s connection, nor one that ended before the robot spoke', () => {
    const answers = codes.map((code) => [unmaskedHello, closed(code)]);
    assert.deepEqual(met('collect-the-codes', rowsOfErrands(answers, 'BROWSER')), []);
    const silent = codes.map((code) => [closed(code)]);
    assert.deepEqual(met('collect-the-codes', rowsOfErrands(silent)), []);
  });
});

describe('Interrupt yourself', () => {
  it('is solved by a ping between the fragments, answered before the echo', () => {
    const rows = rowsOfErrands([[hel, ping, lo, pong, echo]]);
    assert.deepEqual(met('interrupt-yourself', rows), ['pong-first']);
  });

  it('is not solved by a ping after the message, whose pong comes after the echo', () => {
    const rows = rowsOfErrands([[hel, lo, echo, ping, pong]]);
    assert.deepEqual(met('interrupt-yourself', rows), []);
  });

  it('is not solved over two connections, nor by a whole message', () => {
    assert.deepEqual(
      met(
        'interrupt-yourself',
        rowsOfErrands([
          [hel, ping, pong],
          [hello, echo],
        ]),
      ),
      [],
    );
    assert.deepEqual(met('interrupt-yourself', rowsOfErrands([[hello, ping, pong, echo]])), []);
  });
});

describe('Two readers, two opinions', () => {
  it('is solved by a length in the long form that is echoed', () => {
    assert.deepEqual(met('two-readers', rowsOfErrands([[longForm, echo]])), ['ws-takes-it']);
  });

  it('is not solved by a legal frame, nor by a broken one that ws refuses', () => {
    assert.deepEqual(met('two-readers', rowsOfErrands([[hello, echo]])), []);
    assert.deepEqual(met('two-readers', rowsOfErrands([[unmaskedHello, closed('03ea')]])), []);
  });
});
