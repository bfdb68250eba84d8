import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { allowedScript, startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);
const port = String(client.server.port);

/** Sends a head below HTTP and returns the status code of the answer. */
async function statusOf(...lines: string[]): Promise<number> {
  const answer = await client.exchangeRaw(`${lines.join('\r\n')}\r\n\r\n`);
  assert.match(answer, /\r\nConnection: close\r\n/i);
  return Number(answer.slice(9, 12));
}

const get = (path: string, ...fields: string[]) =>
  statusOf(`GET ${path} HTTP/1.1`, ...fields, 'Connection: close');

const upgrade = (path: string, ...fields: string[]) =>
  statusOf(
    `GET ${path} HTTP/1.1`,
    ...fields,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  );

const places = ['/', '/version.json', '/live/x/echo/ws', '/runs/x/wire'];

describe('threat 1: DNS rebinding', () => {
  const foreign = [
    ['no Host', []],
    ['two Hosts', [`Host: ${host}`, `Host: ${host}`]],
    ['two Hosts, one of them foreign', [`Host: ${host}`, 'Host: evil.example']],
    ['a foreign Host', ['Host: evil.example']],
    ['our Host with another port', ['Host: localhost:1']],
    ['our Host without its port', ['Host: localhost']],
    ['a name below localhost', [`Host: evil.localhost:${port}`]],
    ['a name that only begins like ours', [`Host: ${host}.evil.example`]],
    ['a Host that is no host', ['Host: [::']],
  ] as const;
  for (const [what, fields] of foreign) {
    it(`refuses ${what} with 403, in requests and in upgrades`, async () => {
      for (const place of places) {
        assert.equal(await get(place, ...fields), 403, `GET ${place}`);
        assert.equal(
          await upgrade(place, ...fields, `Origin: ${client.origin}`),
          403,
          `upgrade ${place}`,
        );
      }
    });
  }

  it('lets in localhost, 127.0.0.1 and [::1], without regard to case', async () => {
    for (const name of ['localhost', 'LocalHost', '127.0.0.1', '[::1]']) {
      assert.equal(await get('/', `Host: ${name}:${port}`), 200, name);
    }
  });

  it('refuses HTTP/1.0 with 505 and other targets than origin-form with 400', async () => {
    assert.equal(await statusOf('GET / HTTP/1.0', `Host: ${host}`), 505);
    assert.equal(await get('http://evil.example/', `Host: ${host}`), 400);
    assert.equal(await statusOf('OPTIONS * HTTP/1.1', `Host: ${host}`), 400);
    assert.equal(await statusOf('CONNECT evil.example:80 HTTP/1.1', `Host: ${host}`), 400);
  });

  it('gives the refused no content at all', async () => {
    const answer = await client.exchangeRaw('GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    assert.match(answer, /\r\nContent-Length: 0\r\n/);
    assert.ok(answer.endsWith('\r\n\r\n'));
  });

  it('asks before it invites content with 100 Continue', async () => {
    const answer = await client.exchangeRaw(
      `POST /runs HTTP/1.1\r\nHost: evil.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 403 /);
  });
});

describe('threat 2: cross-site WebSocket hijacking', () => {
  const origins = [
    ['no Origin', []],
    ['null', ['Origin: null']],
    ['another site', ['Origin: http://evil.example']],
    ['another port', ['Origin: http://localhost:1']],
    ['another scheme', [`Origin: https://${host}`]],
    ['a trailing slash', [`Origin: ${client.origin}/`]],
    ['two of ours', [`Origin: ${client.origin}`, `Origin: ${client.origin}`]],
    ['ours as a beginning', [`Origin: ${client.origin}.evil.example`]],
  ] as const;
  for (const [what, fields] of origins) {
    it(`refuses an upgrade with ${what} as Origin`, async () => {
      for (const place of places) {
        assert.equal(await upgrade(place, `Host: ${host}`, ...fields), 403, place);
      }
    });
  }

  it('refuses an upgrade behind a box just the same', async () => {
    const run = await client.beginRun('echo');
    const place = `/live/${run}/echo/via/buffer/ws`;
    assert.equal(await upgrade(place, `Host: ${host}`, 'Origin: http://evil.example'), 403);
  });
});

describe('threat 3: any website driving localhost', () => {
  const post = (...fields: string[]) =>
    statusOf(
      'POST /runs HTTP/1.1',
      `Host: ${host}`,
      ...fields,
      'Connection: close',
      'Content-Length: 0',
    );

  it('changes state only for exactly one Origin of ours', async () => {
    assert.equal(await post(), 403);
    assert.equal(await post('Origin: null'), 403);
    assert.equal(await post('Origin: http://evil.example'), 403);
    assert.equal(await post(`Origin: ${client.origin}`, `Origin: ${client.origin}`), 403);
  });

  it('answers no request that another site makes, but for opening a page', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const fields = [`Host: ${host}`, `Sec-Fetch-Site: ${site}`];
      const opening = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
      assert.equal(await get('/', ...fields), 403);
      assert.equal(
        await get('/', ...fields, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'),
        403,
      );
      assert.equal(await get('/version.json', ...fields, ...opening), 403);
      assert.equal(await get('/live/x/echo/ws', ...fields, ...opening), 403);
      assert.equal(await get('/', ...fields, ...opening), 200);
    }
  });

  it('lets any site frame a bench alone, and nothing else', async () => {
    const framing = [
      `Host: ${host}`,
      'Sec-Fetch-Site: cross-site',
      'Sec-Fetch-Mode: navigate',
      'Sec-Fetch-Dest: iframe',
    ];
    assert.equal(await get('/embed/echo/', ...framing), 200);
    assert.equal(await get('/embed/echo/?echo.size=5', ...framing), 200);
    for (const path of [
      '/',
      '/embed/',
      '/embed/../',
      '/embed/echo/../../',
      '/embed/echo',
      '/embed/echo/index.html',
      '/embed/%65cho/',
      '/embed/echo//',
      '/_astro/page.abc123.js',
    ]) {
      assert.equal(await get(path, ...framing), 403, path);
    }
    const post = statusOf('POST /embed/echo/ HTTP/1.1', ...framing, 'Connection: close');
    assert.equal(await post, 403);
    assert.equal(await upgrade('/embed/echo/', ...framing), 403);
  });

  it('says who may frame it on each page, also when that is asked for again', async () => {
    const ancestors = async (path: string, headers = {}) => {
      const { headers: answered } = await client.ask({ path, headers });
      return /frame-ancestors (.*)$/.exec(String(answered['content-security-policy']))?.[1];
    };
    assert.equal(await ancestors('/embed/echo/?theme=dark'), '*');
    const { headers } = await client.ask({ path: '/embed/echo/' });
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(await ancestors('/embed/echo/', { 'if-none-match': headers.etag ?? '' }), '*');
    for (const path of ['/', '/embed/', '/embed/nothing/', '/embed/echo/index.html']) {
      assert.equal(await ancestors(path), "'none'", path);
    }
  });

  it('sends no CORS field, and the fields that keep other pages out', async () => {
    for (const path of ['/', '/nothing-here', '/version.json', '/_astro/page.abc123.js']) {
      const { headers } = await client.ask({ path });
      assert.equal(
        Object.keys(headers).some((name) => name.startsWith('access-control-')),
        false,
      );
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
    const { headers } = await client.ask({ path: '/' });
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none'.*frame-ancestors 'none'/,
    );
  });
});

describe('threat 7: request smuggling', () => {
  const ours = [`Host: ${host}`, `Origin: ${client.origin}`];
  it('refuses an unknown transfer coding with 501', async () => {
    assert.equal(
      await statusOf(
        'POST /runs HTTP/1.1',
        ...ours,
        'Transfer-Encoding: xchunked',
        'Connection: close',
      ),
      501,
    );
  });

  it('refuses content on GET and on upgrades', async () => {
    assert.equal(await get('/', ...ours, 'Content-Length: 5'), 400);
    assert.equal(await get('/', ...ours, 'Transfer-Encoding: chunked'), 400);
    assert.equal(await upgrade('/runs/x/wire', ...ours, 'Content-Length: 5'), 400);
  });

  it('refuses both Content-Length and Transfer-Encoding (RFC 9112 §6.1)', async () => {
    const both = ['Transfer-Encoding: chunked', 'Content-Length: 5', 'Connection: close'];
    assert.equal(await statusOf('POST /runs HTTP/1.1', ...ours, ...both), 400);
  });
});

describe('threat 16: XSS from captured payloads', () => {
  it('allows scripts of its own origin and the inline ones that the built site names', async () => {
    for (const path of ['/', '/embed/echo/', '/nothing-here', '/_astro/page.abc123.js']) {
      const { headers } = await client.ask({ path });
      const policy = String(headers['content-security-policy']);
      assert.deepEqual(
        policy.split('; ').filter((directive) => directive.startsWith('script-src')),
        [`script-src 'self' ${allowedScript} 'wasm-unsafe-eval'`],
        path,
      );
      assert.match(policy, /; require-trusted-types-for 'script'; frame-ancestors /, path);
    }
  });
});

describe('threat 18: path traversal and file leak', () => {
  it('answers 404 with the page for it, for dotfiles, source maps and paths that climb', async () => {
    const paths = ['/.env', '/%2eenv', '/_astro/page.abc123.js.map', '/../package.json'];
    for (const path of [
      ...paths,
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '//evil.example/',
    ]) {
      const { statusCode, text } = await client.ask({ path });
      assert.equal(statusCode, 404, path);
      assert.match(text, /Not here/);
    }
  });

  it('lets caches keep hashed assets for ever and ask again for the rest', async () => {
    const asset = await client.ask({ path: '/_astro/page.abc123.js' });
    assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
    const page = await client.ask({ path: '/' });
    assert.equal(page.headers['cache-control'], 'no-cache');
    const again = await client.ask({
      path: '/',
      headers: { 'if-none-match': page.headers.etag ?? '' },
    });
    assert.equal(again.statusCode, 304);
  });
});

describe('threat 19: crash by malformed input', () => {
  it('answers what is not HTTP once, and lives on', async () => {
    const inputs = [
      '\x16\x03\x01\x02\x00\x01',
      'GET\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: [\r\n\r\n',
      '\r\n\r\n\0\0',
    ];
    for (const input of inputs) {
      const answer = await client.exchangeRaw(input);
      assert.match(answer, /^HTTP\/1\.1 40[03] /, JSON.stringify(input));
      assert.equal(answer.split('HTTP/1.1').length, 2);
    }
    const long = await client.exchangeRaw(`GET / HTTP/1.1\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`);
    assert.match(long, /^HTTP\/1\.1 431 /);
    assert.equal((await client.ask({ path: '/' })).statusCode, 200);
  });

  it('answers targets that can not be decoded with 404', async () => {
    for (const path of ['/%', '/live/%/%/%', '/runs/%/wire', '/live/', '/runs/?%']) {
      assert.equal((await client.ask({ path })).statusCode, 404, path);
    }
  });

  it('cuts a connection that is to switch before its turn (RFC 9112 §9.3.2)', async () => {
    const run = await client.beginRun('echo');
    const place = `/live/${run}/echo`;
    const held = `GET ${place}/via/hang;holds=everything;patienceMs=1000/ws HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const boxes = ['accept-then-drop', 'refuse-upgrade', 'slow', 'strip-upgrade', 'shared-cache'];
    const targets = [...boxes.map((box) => `${place}/via/${box}/ws`), `${place}/ws`, ...places];
    const upgrades = [...targets, `/runs/${run}/wire`].map((target) => client.handshake(target));
    // One that the next hop agrees to, one that it refuses (RFC 6455 §4.4), one that the guard does.
    for (const head of upgrades.flatMap((one) => [
      one,
      one.replace('Version: 13', 'Version: 12'),
      one.replace(`Origin: ${client.origin}`, 'Origin: http://evil.example'),
    ])) {
      assert.equal(await client.exchangeRaw(held + head), '', head);
    }
    assert.equal(await client.exchangeRaw(`${held}CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n`), '');
    assert.equal((await client.ask({ path: '/' })).statusCode, 200);
  });

  it('lets a connection switch in its turn, after answers that are whole', async () => {
    const run = await client.beginRun('echo');
    const socket = await client.connect();
    socket.write(`GET /version.json HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200 .*\}$/s);
    socket.write(client.handshake(`/live/${run}/echo/ws`));
    const [head] = (await once(socket, 'data')) as [Buffer];
    assert.match(head.toString(), /^HTTP\/1\.1 101 /);
  });

  it('outlives connections that are reset in the middle of anything', async () => {
    const run = await client.beginRun('echo');
    const octets = `GET /live/${run}/echo/ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${client.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85`;
    for (let length = 1; length <= octets.length; length += 13) {
      const socket = await client.connect();
      await new Promise<void>((resolve) => {
        socket.write(octets.slice(0, length), 'latin1', () => {
          resolve();
        });
      });
      socket.resetAndDestroy();
    }
    assert.equal((await client.ask({ path: '/' })).statusCode, 200);
  });
});
