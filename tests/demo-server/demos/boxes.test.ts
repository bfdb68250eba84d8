import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { Suspects } from '#demos/boxes/naming.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('boxes');
  return { run, place: `/live/${run}/boxes`, watcher: await client.watch(run) };
}

const answerOf = ({ text }: { readonly text: string }) => JSON.parse(text) as object;

describe('the feed', () => {
  it('is the same by WebSocket, event stream and poll, after the number that one has', async () => {
    const { place, watcher } = await begin();
    await client.send('POST', `${place}/feed`);
    const webSocket = client.webSocket(`${place}/live?after=1`);
    const [first] = (await once(webSocket, 'message')) as [Buffer];
    assert.equal((JSON.parse(first.toString()) as { number: number }).number, 2);
    const poll = await client.ask({ path: `${place}/poll?after=0&wait=off` });
    const { updates } = JSON.parse(poll.text) as { updates: { number: number }[] };
    assert.deepEqual(
      updates.slice(0, 2).map(({ number }) => number),
      [1, 2],
    );
    webSocket.terminate();
    await watcher.note('unsubscribe');
  });

  it('answers the WebSocket’s address with a page when Upgrade is missing', async () => {
    const { place } = await begin();
    const { statusCode, text } = await client.ask({ path: `${place}/live` });
    assert.equal(statusCode, 200);
    assert.match(text, /has a WebSocket too/);
  });

  it('says when all sixteen are out, and lets go of who waits when another begins', async () => {
    const { place, watcher } = await begin();
    await client.send('POST', `${place}/feed`);
    const waiting = client.ask({ path: `${place}/published` });
    await watcher.note('publish');
    await client.send('POST', `${place}/feed`);
    assert.equal((await waiting).statusCode, 204);
    assert.ok(watcher.notes('publish').length < 16);

    assert.equal((await client.ask({ path: `${place}/published` })).statusCode, 204);
    await watcher.until(() => watcher.notes('publish').at(-1)?.data['number'] === 16);
  });

  it('asks an EventSource to come back soon', async () => {
    const { place } = await begin();
    await client.send('POST', `${place}/feed`);
    const controller = new AbortController();
    const address = `${client.origin}${place}/events?after=0`;
    const { body } = await fetch(address, { signal: controller.signal });
    const { value } = await body!.pipeThrough(new TextDecoderStream()).getReader().read();
    assert.match(value ?? '', /^retry: 400\n\n/);
    controller.abort();
  });

  it('refuses a number that is none', async () => {
    const { place } = await begin();
    assert.equal((await client.ask({ path: `${place}/poll?after=x` })).statusCode, 400);
  });
});

describe('a hidden box', () => {
  for (const box of Suspects) {
    it(`${box}: keeps its far side back, and opens it when it is named`, async () => {
      const { place, watcher } = await begin();
      await client.send('POST', `${place}/hidden`, { box });
      const { headers } = await client.ask({ path: `${place}/via/hidden/page` });
      assert.equal(headers['via'], '1.1 hidden');

      const wrong = Suspects.find((other) => other !== box);
      assert.deepEqual(answerOf(await client.send('POST', `${place}/guess`, { box: wrong })), {
        right: false,
      });
      await watcher.untilText('/guess HTTP/1.1');
      assert.deepEqual(
        watcher.events.filter((event) => event.kind === 'open' && event.hop > 0),
        [],
      );
      assert.equal(
        watcher.events.some((event) => event.kind === 'note'),
        false,
      );
      assert.doesNotMatch(JSON.stringify(watcher.events), new RegExp(`"box":"${box}"`));

      assert.deepEqual(answerOf(await client.send('POST', `${place}/guess`, { box })), {
        right: true,
        box,
      });
      assert.deepEqual((await watcher.note('named')).data, { box, right: true });
      const inner = watcher.events.find((event) => event.kind === 'open' && event.hop === 1);
      assert.equal(inner?.kind === 'open' && inner.box, 'hidden');
      const version = box === 'http10' ? '1.0' : '1.1';
      const forwarded = watcher.text('up', inner?.kind === 'open' ? inner.connection : 0);
      assert.match(forwarded, new RegExp(`/page HTTP/${version.replace('.', '\\.')}\\r\\n`));
    });
  }

  it('is chosen by the server when nobody asks for one, and told when one gives up', async () => {
    const { place } = await begin();
    const { boxes } = answerOf(await client.send('POST', `${place}/hidden`)) as {
      boxes: string[];
    };
    assert.deepEqual(boxes, Suspects);
    const { right, box } = answerOf(await client.send('POST', `${place}/guess`)) as {
      right: boolean;
      box: string;
    };
    assert.equal(right, false);
    assert.ok(boxes.includes(box));
  });

  it('is none of those that there are not, and nothing is there before', async () => {
    const { place } = await begin();
    assert.equal((await client.send('POST', `${place}/hidden`, { box: 'fog' })).statusCode, 400);
    assert.equal((await client.send('POST', `${place}/guess`)).statusCode, 409);
    assert.equal((await client.ask({ path: `${place}/via/hidden/page` })).statusCode, 404);
  });

  it('numbers what it shows without a gap, and puts it at its time', async () => {
    const { place, watcher } = await begin();
    await client.send('POST', `${place}/hidden`, { box: 'strip-upgrade' });
    await client.ask({ path: `${place}/via/hidden/page` });
    await client.send('POST', `${place}/guess`, { box: 'strip-upgrade' });
    const named = await watcher.note('named');
    const inner = watcher.events.find((event) => event.kind === 'open' && event.hop === 1);
    assert.ok(inner !== undefined && inner.t < named.t);
    assert.deepEqual(
      watcher.events.map(({ seq }) => seq),
      watcher.events.map((_, index) => index + 1),
    );
  });
});
