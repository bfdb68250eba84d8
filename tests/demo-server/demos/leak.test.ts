import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('leak');
  const path = `/live/${run}/leak/via/shared-cache/greeting`;
  const repair = async (name: string) => {
    const { statusCode } = await client.send('PUT', path, { repair: name });
    assert.equal(statusCode, 204);
  };
  const get = (user: string, query = '') =>
    client.ask({ path: `${path}${query}`, headers: { 'x-demo-user': user } });
  return { path, repair, get, watcher: await client.watch(run) };
}

describe('a greeting behind a shared cache', () => {
  it('leaks: the second user is greeted as the first, with an Age', async () => {
    const { get, watcher } = await begin();
    assert.match((await get('Ada')).text, /Hello Ada/);
    const { text, headers } = await get('Bert');
    assert.match(text, /Hello Ada/);
    assert.match(headers.age ?? '', /^\d+$/);
    // Events come in their order: what the second answer took has been told when its head is there.
    await watcher.until(() => /\r\nage: /i.test(watcher.text('down')));
    assert.equal(watcher.notes('greeted').length, 1);
  });

  for (const name of ['private', 'no-store', 'vary', 'own-address']) {
    it(`${name} plugs it, also after a leak`, async () => {
      const { get, repair } = await begin();
      await get('Ada');
      await repair(name);
      for (const user of ['Ada', 'Bert']) {
        const query = name === 'own-address' ? `?user=${user}` : '';
        const { text, headers } = await get(user, query);
        assert.match(text, new RegExp(`^Hello ${user}\\.`));
        assert.equal(headers.age, undefined);
        assert.equal(headers['x-demo-setting'], '1');
      }
    });
  }

  it('with Vary the cache keeps one variant for each user', async () => {
    const { get, repair } = await begin();
    await repair('vary');
    for (const user of ['Ada', 'Bert']) await get(user);
    for (const user of ['Ada', 'Bert']) {
      const { text, headers } = await get(user);
      assert.match(text, new RegExp(`^Hello ${user}\\.`));
      assert.notEqual(headers.age, undefined);
    }
  });

  it('what is not known gets a sentence', async () => {
    const { path, get } = await begin();
    assert.equal((await get('Eve')).statusCode, 401);
    const { statusCode, text } = await client.send('PUT', path, { repair: 'toString' });
    assert.equal(statusCode, 400);
    assert.match(text, /repair is one of none, private/);
    assert.equal((await client.send('POST', path)).statusCode, 405);
    assert.equal((await client.ask({ path: path.replace('greeting', 'x') })).statusCode, 404);
  });
});
