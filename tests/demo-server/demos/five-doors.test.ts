import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('five-doors');
  const visit = (content: object) => client.send('POST', `/runs/${run}/robot`, content);
  return { run, demo: `/live/${run}/five-doors/`, visit, watcher: await client.watch(run) };
}

describe('five doors', () => {
  it('curl’s request is what curl 7.88.1 sends, octet by octet', async () => {
    const { run, visit, watcher } = await begin();
    const { text } = await visit({ visitor: 'curl', place: 'badge' });
    assert.deepEqual(JSON.parse(text), { statusCode: 200 });
    await watcher.untilText('</svg>');
    // As read off a listener on port 40017, of `curl -s http://localhost:40017/live/x`.
    const captured =
      'GET /live/x HTTP/1.1\r\nHost: localhost:40017\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n';
    const here = captured
      .replace('/live/x', `/live/${run}/five-doors/readers/badge`)
      .replace('40017', String(client.server.port));
    assert.equal(watcher.text('up'), here);
    assert.ok(watcher.events.some((event) => event.kind === 'open' && event.sender === 'ROBOT'));
  });

  for (const [visitor, place, statusCode] of [
    ['curl', 'badge', 200],
    ['health-check', 'cached-badge', 200],
    ['crawler', 'badge', 200],
    ['curl', 'ws', 426],
    ['health-check', 'ws', 426],
    ['crawler', 'ws', 426],
    ['curl-upgrade', 'ws', 400],
  ] as const) {
    it(`${visitor} at ${place} gets ${String(statusCode)}`, async () => {
      const { visit } = await begin();
      assert.deepEqual(JSON.parse((await visit({ visitor, place })).text), { statusCode });
    });
  }

  it('a 426 says to what, RFC 9110 §15.5.22', async () => {
    const { demo } = await begin();
    const { statusCode, headers } = await client.ask({ path: `${demo}ws` });
    assert.equal(statusCode, 426);
    assert.equal(headers.upgrade, 'websocket');
  });

  it('a WebSocket is told the news', async () => {
    const { demo } = await begin();
    const webSocket = client.webSocket(`${demo}ws`);
    const [message] = (await once(webSocket, 'message')) as [Buffer];
    assert.equal(message.toString(), 'shop: open');
  });

  it('the badge is validated by its entity tag', async () => {
    const { demo } = await begin();
    const path = `${demo}readers/badge`;
    const { headers, text } = await client.ask({ path });
    assert.match(text, /^<svg .*<\/svg>$/);
    const again = await client.ask({ path, headers: { 'if-none-match': headers.etag ?? '' } });
    assert.equal(again.statusCode, 304);
    assert.equal((await client.send('POST', path)).statusCode, 405);
    assert.equal((await client.ask({ path: `${demo}x` })).statusCode, 404);
  });

  it('a tool of the reader’s own is no browser, and a browser’s name is not kept', async () => {
    const { demo, watcher } = await begin();
    const path = `${demo}readers/badge`;
    await client.ask({ path, headers: { 'user-agent': 'curl/8.15.0' } });
    const browser = 'Mozilla/5.0 (X11; Linux x86_64) Secret/1.0';
    await client.ask({ path, headers: { 'user-agent': browser, 'sec-fetch-dest': 'image' } });
    await watcher.until(() => watcher.notes('asked').length === 2);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'open').length === 2);
    const senders = watcher.events.flatMap((event) =>
      event.kind === 'open' ? [event.sender] : [],
    );
    assert.deepEqual(senders, ['TOOL', 'BROWSER']);
    assert.match(watcher.text('up'), /curl\/8\.15\.0/);
    assert.doesNotMatch(watcher.text('up'), /Mozilla|Secret/);
    const by = watcher.notes('asked').map(({ data }) => data['by']);
    assert.deepEqual(by, ['curl', 'a browser, for an image']);
  });
});

describe('threat 5: a robot that comes as another client', () => {
  it('takes one of our names and one of our places, and nothing else', async () => {
    const { visit, watcher } = await begin();
    const hostile: readonly object[] = [
      {},
      { visitor: 'curl' },
      { visitor: 'curl', place: 'via/shared-cache/readers/badge' },
      { visitor: 'curl', place: 'http://127.0.0.1/' },
      { visitor: 'wget', place: 'badge' },
      { visitor: 'toString', place: 'badge' },
      { visitor: 'curl', place: 'badge', host: 'localhost:22' },
      { visitor: 'curl', place: 'badge', lines: ['X: y'] },
      { visitor: ['curl'], place: 'badge' },
    ];
    for (const content of hostile) {
      const { statusCode } = await visit(content);
      assert.equal(statusCode, 400, JSON.stringify(content));
    }
    await watcher.until(() => watcher.batches > 0);
    assert.deepEqual(watcher.events, [], 'no robot went anywhere');
  });
});
