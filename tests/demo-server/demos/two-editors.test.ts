import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('two-editors');
  const path = `/live/${run}/two-editors/list`;
  const load = async () => {
    const { headers, text } = await client.ask({ path });
    return { etag: headers.etag, text: (JSON.parse(text) as { text: string }).text };
  };
  const save = (text: unknown, ifMatch?: string) =>
    client.ask({
      method: 'PUT',
      path,
      headers: {
        origin: client.origin,
        'content-type': 'application/json',
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      content: JSON.stringify({ text }),
    });
  return { path, load, save, watcher: await client.watch(run) };
}

describe('two who save after both have loaded', () => {
  it('without If-Match, the second overwrites the first', async () => {
    const { load, save } = await begin();
    assert.deepEqual(await load(), { etag: '"v1"', text: 'Tea' });
    assert.equal((await save('Tea, milk')).headers.etag, '"v2"');
    assert.equal((await save('Tea, bread')).statusCode, 200);
    assert.deepEqual(await load(), { etag: '"v3"', text: 'Tea, bread' });
  });

  it('with If-Match, the second gets 412 and changes nothing (RFC 9110 §13.1.1)', async () => {
    const { load, save, watcher } = await begin();
    const { etag } = await load();
    assert.equal((await save('Tea, milk', etag)).statusCode, 200);
    assert.equal((await save('Tea, bread', etag)).statusCode, 412);
    assert.deepEqual(await load(), { etag: '"v2"', text: 'Tea, milk' });
    assert.equal((await save('Tea, milk, bread', '"v2"')).statusCode, 200);
    await watcher.until(() => watcher.notes('saved').length === 2);
    assert.equal(watcher.notes('refused').length, 1);
  });
});

describe('If-Match', () => {
  it('selects by * and by a list, never by a weak tag (RFC 9110 §8.8.3.2)', async () => {
    const { save } = await begin();
    assert.equal((await save('a', 'W/"v1"')).statusCode, 412);
    assert.equal((await save('a', '"v9", "v1"')).statusCode, 200);
    assert.equal((await save('b', '*')).statusCode, 200);
    assert.equal((await save('c', 'v3')).statusCode, 412);
  });
});

describe('what is not there', () => {
  it('is answered with what to do instead', async () => {
    const { path, save } = await begin();
    const deleted = await client.ask({
      method: 'DELETE',
      path,
      headers: { origin: client.origin },
    });
    assert.deepEqual([deleted.statusCode, deleted.headers.allow], [405, 'GET, PUT']);
    assert.equal((await save(7)).statusCode, 400);
    assert.equal((await save('x'.repeat(201))).statusCode, 400);
    assert.equal((await client.ask({ path: `${path}s` })).statusCode, 404);
  });
});
