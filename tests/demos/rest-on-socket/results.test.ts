import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import demo from '#demos/rest-on-socket/demo.ts';
import { Pieces } from '#demos/rest-on-socket/pieces.ts';
import { lastTried } from '#demos/rest-on-socket/results.ts';
import { tasks } from '#demos/rest-on-socket/tasks.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object = {}): RowDraft => ({
  kind: 'app',
  data: { name, ...data },
});
const noted = (trace?: string): RowDraft => ({ kind: 'server', data: { name: 'handled', trace } });

describe('the pieces', () => {
  it('are the flags of the demo, in their order, each with a task', () => {
    const ids = Pieces.map(({ id }) => id);
    assert.deepEqual(['over', ...ids], Object.keys(demo.parameters));
    assert.deepEqual([...Object.keys(tasks), 'trace'], ids);
  });
});

describe('what a run of the tasks came to', () => {
  it('is nothing before the first', () => {
    assert.equal(lastTried([]), undefined);
  });

  it('is that of the last one, with its pieces', () => {
    const tried = lastTried(
      writtenRows([
        app('tasks', { over: 'websocket', pieces: '' }),
        app('task', { task: 'ids', works: false, saw: 'x' }),
        app('done'),
        app('tasks', { over: 'websocket', pieces: 'ids types' }),
        app('task', { task: 'ids', works: true, saw: 'y' }),
      ]),
    );
    assert.deepEqual(tried?.pieces, ['ids', 'types']);
    assert.deepEqual(tried.results.get('ids'), { works: true, saw: 'y' });
    assert.deepEqual([tried.works, tried.isOver, tried.problem], [1, false, undefined]);
  });

  it('takes the server’s log from its notes: one entry with that name', () => {
    const trace = 'abcdef0123456789'.repeat(2);
    const works = (...notes: readonly RowDraft[]) =>
      lastTried(
        writtenRows([
          app('tasks', { over: 'http', pieces: '' }),
          ...notes,
          app('task', { task: 'trace', trace }),
        ]),
      )?.results.get('trace')?.works;
    assert.equal(works(noted(), noted(trace), noted()), true);
    assert.equal(works(noted(), noted(), noted()), false);
    assert.equal(works(noted(trace), noted(trace)), false);
  });

  it('is the reason when it failed', () => {
    const rows = [app('tasks', { over: 'websocket', pieces: '' }), app('error', { reason: 'no' })];
    const tried = lastTried(writtenRows(rows));
    assert.deepEqual([tried?.problem, tried?.isOver], ['no', true]);
  });
});
