import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import type { OpenEvent, WireEvent } from '#capture/wire-event.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);

/** A request for the cache-fields demo's resource, as octets. */
const ask = (target: string, ...fields: string[]) =>
  [`GET ${target} HTTP/1.1`, `Host: ${host}`, ...fields, '\r\n'].join('\r\n');

const openEvents = (events: readonly WireEvent[]): OpenEvent[] =>
  events.filter((event) => event.kind === 'open');

const isClosed = (events: readonly WireEvent[]) => events.some(({ kind }) => kind === 'close');

describe('threat 14: session isolation', () => {
  it('splits pipelined exchanges of different runs and of none on one connection', async () => {
    const [one, two] = [
      await client.beginRun('cache-fields'),
      await client.beginRun('cache-fields'),
    ];
    const requests = [
      ask(`/live/${one}/cache-fields/resource?n=1`),
      ask('/?page'),
      ask(`/live/${two}/cache-fields/resource?n=2`),
      ask('/live/unknown/cache-fields/resource'),
      ask(`/live/${one}/cache-fields/resource?n=3`, 'Connection: close'),
    ];
    const received = await client.exchangeRaw(requests.join(''));
    const [first, second] = [await client.watch(one), await client.watch(two)];
    await first.until(isClosed);
    await second.until(isClosed);

    assert.equal(first.text('up'), `${requests[0] ?? ''}${requests[4] ?? ''}`);
    assert.equal(second.text('up'), requests[2]);
    const responses = received.split(/(?=HTTP\/1\.1)/);
    assert.equal(first.text('down'), `${responses[0] ?? ''}${responses[4] ?? ''}`);
    assert.equal(second.text('down'), responses[2]);
    assert.deepEqual(
      openEvents(first.events).map((event) => event.exchangesBefore),
      [0],
    );
    assert.deepEqual(
      openEvents(second.events).map((event) => event.exchangesBefore),
      [2],
    );
  });

  it('gives nobody the octets of another run, whatever the two do at once', async () => {
    const [one, two] = [await client.beginRun('echo'), await client.beginRun('echo')];
    const [first, second] = [await client.watch(one), await client.watch(two)];
    const [left, right] = [
      await client.openWebSocket(`/live/${one}/echo/ws`),
      await client.openWebSocket(`/live/${two}/echo/ws`),
    ];
    left.send('only for the first');
    right.send('only for the second');
    await first.untilText('only for the first');
    await second.untilText('only for the second');
    assert.doesNotMatch(first.text(), /second/);
    assert.doesNotMatch(second.text(), /first/);
    const numbers = (events: readonly WireEvent[]) =>
      openEvents(events).map((open) => open.connection);
    assert.notDeepEqual(numbers(first.events), numbers(second.events));
  });

  it('knows runs by 128 random bits and takes no other text for one', async () => {
    const run = await client.beginRun('echo');
    assert.match(run, /^[\w-]{22}$/);
    for (const id of [run.toLowerCase(), run.slice(0, -1), `${run}A`, '__proto__', 'constructor']) {
      if (id === run) continue;
      const { statusCode } = await client.send('POST', `/live/${id}/echo/ping`);
      assert.equal(statusCode, 404, id);
    }
  });

  it('tells a page that asks for an unknown run 404, without a WebSocket', async () => {
    const webSocket = client.webSocket('/runs/unknown/wire');
    const [, response] = (await once(webSocket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(response.statusCode, 404);
  });
});

describe('threat 13: the tap feedback loop', () => {
  it('never captures the wire channel, the site or POST /runs', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    await client.ask({ path: `/?${run}` });
    await client.send('POST', `/live/${run}/echo/ping`);
    await watcher.untilText('204 No Content');
    assert.equal(openEvents(watcher.events).length, 1);
    assert.doesNotMatch(watcher.text(), /\/runs|GET \/\?/);
  });

  it('sends what is stored after `after` and nothing twice', async () => {
    const run = await client.beginRun('echo');
    const first = await client.watch(run);
    await client.send('POST', `/live/${run}/echo/ping`);
    await first.until(isClosed);
    const seqs = first.events.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
    );

    const second = await client.watch(run, 2);
    await second.until(isClosed);
    assert.deepEqual(second.events, first.events.slice(2));
  });

  it('counts what a slow page misses, and slows no demo for it', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    watcher.webSocket.pause();
    const webSocket = await client.openWebSocket(`/live/${run}/echo/ws`);
    const message = Buffer.alloc(1_000_000);
    for (let count = 0; count < 30; count += 1) {
      webSocket.send(message);
      await once(webSocket, 'message');
    }
    webSocket.close();
    watcher.webSocket.resume();
    await watcher.until(isClosed);
    let seq = 0;
    for (const event of watcher.events) {
      assert.equal(event.seq, seq + (event.kind === 'dropped' ? event.events : 1));
      seq = event.seq;
    }
    const dropped = watcher.events.filter((event) => event.kind === 'dropped');
    assert.ok(dropped.length > 0);
    const octets = dropped.reduce((sum, event) => sum + event.octets, watcher.text().length);
    const framed = 30 * (10 + 1_000_000) + 30 * (14 + 1_000_000);
    // The heads and the close frames come on top.
    assert.ok(octets > framed && octets < framed + 2000, String(octets - framed));
  });

  it('batches: hundreds of events cost a few messages', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    const webSocket = await client.openWebSocket(`/live/${run}/echo/ws`);
    for (let index = 0; index < 300; index += 1) webSocket.send('x');
    await watcher.until(() => watcher.notes('message').length === 300);
    assert.ok(watcher.events.length > 600);
    assert.ok(watcher.batches < 60, `${String(watcher.batches)} batches`);
  });
});

describe('threat 15: secrets in captured heads', () => {
  it('keeps no octet of a cookie, of credentials or of a secret query value', async () => {
    const run = await client.beginRun('cache-fields');
    const target = `/live/${run}/cache-fields/resource`;
    const request = ask(
      `${target}?n=1&token=hunter2&api_key=hunter3&%63ode=hunter4&password`,
      'Cookie: other=secret',
      'cookie:other=secret  ',
      'Authorization: Bearer secret',
      'Proxy-Authorization: secret',
      'Sec-WebSocket-Protocol: secret',
      'X-Api-Secret-Thing: secret',
      'X-Demo-Note: shown',
      'Accept-Language: shown',
      'Connection: close',
    );
    await client.exchangeRaw(request);
    const watcher = await client.watch(run);
    await watcher.until(isClosed);
    const stored = watcher.text('up');
    assert.doesNotMatch(stored, /hunter|other=|: ?(?:Bearer )?secret/);
    assert.equal(stored.length, request.length, 'length for length');
    assert.match(stored, /Cookie: \x95{12}\r\n/);
    assert.match(stored, /cookie:\x95{12} {2}\r\n/);
    assert.match(stored, /\?n=1&token=\x95{7}&api_key=\x95{7}&%63ode=\x95{7}&password HTTP/);
    assert.match(stored, /X-Demo-Note: shown\r\nAccept-Language: shown\r\n/);
  });

  for (const [agent, isKept, sender] of [
    ['curl/8.15.0', true, 'TOOL'],
    ['curl/8.15.0 (of Ada)', false, 'TOOL'],
    ['kube-probe/1.21', true, 'BROWSER'],
    ['Mozilla/5.0 (X11; Linux x86_64) curl/8.15.0', false, 'BROWSER'],
  ] as const) {
    for (const [how, ...lines] of [
      ['in a plain head', 'Connection: close'],
      ['in a head that takes thought', 'Upgrade: x', 'Connection: Upgrade, close'],
    ] as const) {
      it(`${isKept ? 'keeps' : 'withholds'} the name ${agent}, ${how}`, async () => {
        const run = await client.beginRun('cache-fields');
        const target = `/live/${run}/cache-fields/resource`;
        await client.exchangeRaw(ask(target, `User-Agent: ${agent}`, ...lines));
        const watcher = await client.watch(run);
        await watcher.until(isClosed);
        assert.equal(watcher.text('up').includes(agent), isKept);
        const opened = watcher.events.find(({ kind }) => kind === 'open');
        assert.equal(opened?.kind === 'open' && opened.sender, sender);
      });
    }
  }

  it('keeps none of them when a head comes one octet at a time', async () => {
    const run = await client.beginRun('cache-fields');
    const request = ask(
      `/live/${run}/cache-fields/resource`,
      'Cookie: other=secret',
      'Connection: close',
    );
    const socket = await client.connect();
    socket.setNoDelay(true);
    for (const octet of request) {
      await new Promise<void>((resolve) => {
        socket.write(octet, () => {
          setImmediate(resolve);
        });
      });
    }
    socket.resume();
    await once(socket, 'close');
    const watcher = await client.watch(run);
    await watcher.until(isClosed);
    assert.equal(watcher.text('up').length, request.length);
    assert.doesNotMatch(watcher.text(), /secret/);
    const pieces = watcher.events.filter(
      (event) => event.kind === 'octets' && event.direction === 'up',
    );
    assert.ok(pieces.length > 10, 'the borders of the reads are kept');
    const times = pieces.map(({ t }) => t);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.ok((times.at(-1) ?? 0) > (times[0] ?? 0), 'and so are their times');
  });

  it('keeps none of them behind a box, in trailers, or in a head that never ends', async () => {
    const run = await client.beginRun('echo');
    const secret = 'Cookie: other=secret';
    await client.exchangeRaw(
      ask(`/live/${run}/echo/via/strip-upgrade/nothing`, secret, 'Connection: close'),
    );
    await client.exchangeRaw(
      `POST /live/${run}/echo/ping HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${client.origin}\r\nTransfer-Encoding: chunked\r\nTrailer: Cookie\r\nConnection: close\r\n\r\n0\r\n${secret}\r\n\r\n`,
    );
    const socket = await client.connect();
    socket.end(`GET /live/${run}/echo/nothing HTTP/1.1\r\nHost: ${host}\r\n${secret}`);
    socket.resume();
    await once(socket, 'close');
    const watcher = await client.watch(run);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length >= 3);
    assert.doesNotMatch(watcher.text(), /other=secret/);
    assert.match(watcher.text(), /0\r\nCookie: \x95{12}\r\n\r\n/);
  });
});
