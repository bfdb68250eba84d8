import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';

import { CaseOrigin } from '#scripts/cache-table/run-case.ts';
import { storingCases } from '#scripts/cache-table/storing-cases.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

describe('the shared cache on the path of a demo', () => {
  it('is a real hop: both sides are captured, and a hit has no second one', async () => {
    const run = await client.beginRun('cache-fields');
    const watcher = await client.watch(run);
    const place = `/live/${run}/cache-fields`;
    await client.send('PUT', `${place}/settings`, { cacheControl: 's-maxage=60' });
    const path = `${place}/via/shared-cache/resource`;
    const first = await client.ask({ path });
    const second = await client.ask({ path });
    assert.equal(second.text, first.text);
    assert.equal(first.headers.via, '1.1 shared-cache');
    assert.deepEqual([first.headers.age, second.headers.age], [undefined, '0']);
    await watcher.until(() => watcher.notes('cache-decision').length === 2);
    const [miss, hit] = watcher
      .notes('cache-decision')
      .map(({ vantage, data }) => ({ vantage, ...data }));
    assert.deepEqual(miss, {
      vantage: 'box',
      box: 'shared-cache',
      outcome: 'miss',
      rule: 'NOTHING_STORED',
      section: 'RFC 9111 §4',
      words: 'Nothing is stored for this address.',
      key: `${String(client.origin.length - 7)}:${client.origin.slice(7)}${String(place.length + 9)}:${place}/resource`,
    });
    assert.equal(hit?.vantage, 'box');
    assert.deepEqual(
      { ...watcher.notes('cache-decision')[1]?.data, key: '' },
      {
        box: 'shared-cache',
        outcome: 'hit',
        rule: 'FRESH',
        section: 'RFC 9111 §4.2',
        words:
          'Fresh: used without asking. Its age is 0 s, its freshness lifetime 60 s: by s-maxage.',
        key: '',
        age: 0,
        lifetime: 60,
      },
    );
    const inner = watcher.events.filter((event) => event.kind === 'open' && event.hop === 1);
    assert.equal(inner.length, 1);
    assert.match(watcher.text('up', inner[0]?.kind === 'open' ? inner[0].connection : 0), /^GET /);
  });

  it('threat 20: keeps what belongs to a run from every other', async () => {
    const texts: string[] = [];
    for (const run of [
      await client.beginRun('cache-fields'),
      await client.beginRun('cache-fields'),
    ]) {
      const place = `/live/${run}/cache-fields`;
      await client.send('PUT', `${place}/settings`, { cacheControl: 'max-age=60' });
      if (texts.length === 0) await client.send('POST', `${place}/change`);
      texts.push((await client.ask({ path: `${place}/via/shared-cache/resource` })).text);
    }
    assert.match(texts[0] ?? '', /^Version 2\n/);
    assert.match(texts[1] ?? '', /^Version 1\n/);
  });

  it('lets a WebSocket through, and says that there is nothing to store', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    const webSocket = await client.openWebSocket(`/live/${run}/echo/via/shared-cache/ws`);
    webSocket.send('Hello');
    await once(webSocket, 'message');
    const note = await watcher.note('cache-decision');
    assert.deepEqual([note.data['outcome'], note.data['rule']], ['bypass', 'UPGRADE']);
  });

  it('asks the origin behind a stale answer although the client has gone', async () => {
    const run = await client.beginRun('cache-fields');
    const watcher = await client.watch(run);
    const place = `/live/${run}/cache-fields`;
    const cacheControl = 'max-age=0, stale-while-revalidate=60';
    await client.send('PUT', `${place}/settings`, { cacheControl, etag: true });
    const path = `${place}/via/shared-cache/resource`;
    await client.ask({ path });
    await client.ask({ path });
    assert.equal((await watcher.note('cache-freshened')).data['rule'], 'NOT_MODIFIED');
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length >= 4);
  });
});

describe('scripts/shared-cache.ts', () => {
  const origin = new CaseOrigin();
  after(() => {
    origin.close();
  });

  function start(...args: string[]) {
    const script = new URL('../../../scripts/shared-cache.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, ...args]);
    after(() => child.kill('SIGKILL'));
    return child;
  }

  it('stands alone in front of an origin, and says why it does what it does', async () => {
    const port = await origin.listen();
    const child = start('--origin', `http://127.0.0.1:${String(port)}`);
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (line: string) => said.push(line));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const address = line.toString().trim().split(' ').at(-1) ?? '';
    const cases = storingCases.filter(({ steps }) =>
      steps.every(({ after: wait }) => wait === undefined),
    );
    assert.ok(cases.length > 15);
    const cache = { address, now: () => Date.now(), advance: () => Promise.resolve() };
    for (const one of cases) assert.equal(await origin.run(one, cache), undefined, one.id);
    assert.match(
      said.join(''),
      /"kind":"cache-decision","box":"shared-cache","outcome":"hit","rule":"FRESH","section":"RFC 9111 \\u00a74\.2"/,
    );
  });

  it('threat 6: takes no origin but one of this machine', async () => {
    for (const args of [
      [],
      ['--origin', 'http://example.com:80'],
      ['--origin', 'http://10.0.0.1:80'],
      ['--origin', 'https://127.0.0.1:1'],
      ['--origin', 'http://127.0.0.1:1@example.com'],
    ]) {
      const child = start(...args);
      const said = text(child.stderr);
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 2, args.join(' '));
      assert.match(await said, /Usage: node scripts\/shared-cache\.ts/);
    }
  });

  it('is no way in for a page elsewhere', async () => {
    const child = start('--origin', 'http://localhost:9');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const address = line.toString().trim().split(' ').at(-1) ?? '';
    const asking = request(address, { headers: { host: 'evil.example' }, agent: false }).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    assert.equal(answer.statusCode, 403);
  });
});
