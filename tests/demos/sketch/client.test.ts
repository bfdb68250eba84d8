import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { penOverPosts, type Point } from '#demos/sketch/client.ts';

type Post = { readonly stroke: string; readonly points: readonly Point[]; readonly end: boolean };

const posts: Post[] = [];
/** Settles when answers come: those to all posts so far, and to all later ones at once. */
let answers = Promise.withResolvers<object>();
let firstPost = Promise.withResolvers<void>();

Object.assign(globalThis, {
  EventSource: class {
    close() {}
  },
  fetch: (_: URL, { body }: { readonly body: string }) => {
    posts.push(JSON.parse(body) as Post);
    firstPost.resolve();
    return answers.promise;
  },
});

describe('a pen by POST', () => {
  const newPen = (onState: (state: string) => void = () => undefined) =>
    penOverPosts({
      address: 'http://localhost/',
      user: 'Ada',
      room: '',
      onPiece: () => undefined,
      onState,
    });
  const told = () =>
    posts.map(({ stroke, points, end }) => `${stroke} ${points.join(' ')}${end ? 'end' : ''}`);
  beforeEach(() => {
    posts.length = 0;
    answers = Promise.withResolvers();
    firstPost = Promise.withResolvers();
  });

  it('posts one after the other, and takes along the points that have come meanwhile', async () => {
    const pen = newPen();
    pen.draw('Ada-1', [1, 1]);
    await firstPost.promise;
    pen.draw('Ada-1', [2, 2]);
    pen.draw('Ada-1', [3, 3]);
    const lifted = pen.lift('Ada-1');
    answers.resolve({ ok: true });
    assert.equal(await lifted, 3);
    assert.deepEqual(told(), ['Ada-1 1,1', 'Ada-1 2,2 3,3', 'Ada-1 end']);
  });

  it('keeps apart a stroke that begins while the one before is being posted', async () => {
    const pen = newPen();
    pen.draw('Ada-1', [1, 1]);
    await firstPost.promise;
    pen.draw('Ada-1', [2, 2]);
    const lifted = pen.lift('Ada-1');
    pen.draw('Ada-2', [90, 70]);
    pen.draw('Ada-2', [91, 71]);
    const liftedNext = pen.lift('Ada-2');
    answers.resolve({ ok: true });
    assert.deepEqual(await Promise.all([lifted, liftedNext]), [3, 2]);
    assert.deepEqual(told(), [
      'Ada-1 1,1',
      'Ada-1 2,2',
      'Ada-1 end',
      'Ada-2 90,70 91,71',
      'Ada-2 end',
    ]);
  });

  it('goes on after a post that failed', async () => {
    const states: string[] = [];
    const pen = newPen((state) => states.push(state));
    pen.draw('Ada-1', [1, 1]);
    await firstPost.promise;
    answers.reject(new TypeError('fetch failed'));
    answers = Promise.withResolvers();
    answers.resolve({ ok: true });
    pen.draw('Ada-1', [2, 2]);
    assert.equal(await pen.lift('Ada-1'), 3);
    assert.deepEqual(told(), ['Ada-1 1,1', 'Ada-1 2,2', 'Ada-1 end']);
    assert.deepEqual(states, ['closed']);
  });
});
