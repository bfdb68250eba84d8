import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import no101 from '#demos/no-101/demo.ts';
import { connectCosts } from '#demos/no-101/handshakes.ts';
import waysToFail from '#demos/ways-to-fail/demo.ts';
import { figuresOf } from './lesson-figures.ts';

provideHttp2();
const lesson = figuresOf('the-101-moment');

describe('figures of the-101-moment, recomputed', () => {
  it('holds the request as long as the server does', () => {
    const server = readFileSync('demo-server/demos/by-hand.ts', 'utf8');
    assert.match(server, /PATIENCE_MS = 120_000;/);
    lesson.quotes('for two minutes at most');
  });

  it('fails in as many ways as the demo offers', () => {
    const ways = waysToFail.parameters.way.choices.filter(({ value }) => value !== 'good');
    assert.equal(ways.length, 8);
    lesson.quotes('title="Eight ways to fail"');
  });
});

describe('figures of no 101 at all, from its recording', () => {
  const json = readFileSync('content/captures/no-101.json', 'utf8');
  const { rows } = readReplay(no101, json, 'recording').store;

  it('are of 99 bytes up and about 34 down, Hello 20 and 16', () => {
    const { statusCode, handshake, message } = connectCosts(rows);
    assert.equal(statusCode, 200);
    lesson.quotes(`The handshake takes ${handshake.up} bytes up.`);
    assert.ok(Math.abs(Number(handshake.down) - 34) <= 2);
    lesson.quotes(`\`Hello\` takes ${message.up} up and ${message.down} down`);
    // Nine of them are the header of the DATA frame.
    const frames = rows.filter(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === 1);
    assert.deepEqual(
      frames.map(({ octets }) => (octets?.length ?? 0) + 9),
      [message.up, message.down],
    );
  });

  it('need no 101, no key, no Upgrade', () => {
    assert.ok(!rows.some(({ kind }) => kind.startsWith('http.')));
    const fields = rows.flatMap(({ data }) => Object.keys(data['fields'] ?? {}));
    assert.ok(fields.includes(':protocol'));
    for (const name of ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-accept']) {
      assert.ok(!fields.includes(name), name);
    }
  });
});

it('leaves no figure without a source or a capture', () => {
  assert.deepEqual(lesson.unfounded(), []);
});
