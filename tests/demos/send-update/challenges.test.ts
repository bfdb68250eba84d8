import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/send-update/demo.ts';
import { trialsOf } from '#demos/send-update/trials.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const requestTarget = '/live/run/send-update/node';
const send = (server: string, method: string): RowDraft => ({
  kind: 'app',
  data: { name: 'send', server, method },
});
const asked = (method: string, connection = 1): RowDraft => ({
  kind: 'http.req.head',
  sender: 'BROWSER',
  connection,
  data: { method, requestTarget },
});
const answered = (method: string, statusCode: number, answers: number): RowDraft => ({
  kind: 'http.res.head',
  answers,
  data: { statusCode, method, requestTarget },
});
const called = (method: string, connection = 1): RowDraft => ({
  kind: 'server',
  connection,
  data: { name: 'handler-called', method },
});
const challenge = demo.challenges[0]!;
const met = (drafts: readonly RowDraft[]) =>
  evaluate(challenge, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Rejected before hello', () => {
  it('is solved by a 400 for a method that no handler was called for', () => {
    const rows = [asked('PUT'), called('PUT'), answered('PUT', 200, 1), asked('UPDATE')];
    assert.deepEqual(met([...rows, answered('UPDATE', 400, 4)]), ['four-hundred', 'nobody-called']);
  });

  it('is not solved by 501 or 405, which a program has given', () => {
    assert.deepEqual(met([asked('UPDATE'), answered('UPDATE', 501, 1)]), []);
    assert.deepEqual(met([asked('DELETE'), called('DELETE'), answered('DELETE', 405, 1)]), []);
  });

  it('is not solved by a 400 from the handler, nor by one to another address', () => {
    const handler = [asked('PUT'), called('PUT'), answered('PUT', 400, 1)];
    assert.deepEqual(met(handler), ['four-hundred']);
    const other = answered('UPDATE', 400, 1);
    assert.deepEqual(met([{ ...other, data: { ...other.data, requestTarget: '/runs' } }]), []);
  });
});

describe('a trial', () => {
  it('has the method of the octets, the status code, and the calls of its own time', () => {
    const rows = writtenRows([
      send('node', 'put'),
      asked('PUT'),
      called('PUT'),
      answered('PUT', 200, 2),
      send('router', 'UPDATE'),
      asked('UPDATE'),
      answered('UPDATE', 400, 6),
      send('node', 'GET'),
    ]);
    assert.deepEqual(trialsOf(rows), [
      { server: 'node', asked: 'put', sent: 'PUT', statusCode: '200', handlerCalls: 1 },
      { server: 'router', asked: 'UPDATE', sent: 'UPDATE', statusCode: '400', handlerCalls: 0 },
      { server: 'node', asked: 'GET', sent: undefined, statusCode: undefined, handlerCalls: 0 },
    ]);
  });

  it('is told by the head that was answered, of a request that a browser sent twice', () => {
    const rows = [
      send('node', 'UPDATE'),
      asked('UPDATE'),
      answered('UPDATE', 400, 2),
      send('router', 'UPDATE'),
      asked('UPDATE'),
      asked('UPDATE', 2),
    ];
    const trials = (more: RowDraft[]) =>
      trialsOf(writtenRows([...rows, ...more])).map(({ statusCode }) => statusCode);
    assert.deepEqual(trials([]), ['400', undefined]);
    assert.deepEqual(trials([answered('UPDATE', 400, 6)]), ['400', '400']);
  });
});
