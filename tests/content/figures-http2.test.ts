import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { Row } from '#capture/row.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { http1Heads, http2Heads, writtenOut } from '#demos/http2-heads/heads.ts';
import heads from '#demos/http2-heads/demo.ts';
import no101 from '#demos/no-101/demo.ts';
import { connectCosts } from '#demos/no-101/handshakes.ts';

provideHttp2();
const recorded = (demo: DemoDefinition): readonly Row[] =>
  readReplay(demo, readFileSync(`content/captures/${demo.id}.json`, 'utf8'), 'recording').store
    .rows;
const lessons = readdirSync('content/lessons').map((name) =>
  readFileSync(`content/lessons/${name}/index.mdx`, 'utf8'),
);
/** Text of the lessons that have the bench of a demo, as far as they are written. */
const textsWith = (demo: string) =>
  lessons.filter((text) => text.includes(`<Bench demo="${demo}"`));

/** Octets of the frames of one kind and direction, in order. */
const sizes = (rows: readonly Row[], type: string, direction: string) =>
  rows
    .filter((row) => row.data['type'] === type && row.direction === direction)
    .map(({ octets }) => octets?.length ?? 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('figures of HTTP/2 in one screen, from its recording', () => {
  const rows = recorded(heads);
  const { lengths } = http2Heads(rows);

  it('are what lessons may say: 638 written out, 411 first, 39 after, 762 for ten', () => {
    assert.equal(writtenOut(rows), 638);
    assert.deepEqual([lengths[0], lengths[1], lengths.at(-1)], [411, 39, 39]);
    assert.equal(sum(lengths), 762);
    assert.equal(new Set(lengths.slice(1)).size, 1);
    // The browser's own heads are all alike too, and each is written out anew.
    assert.equal(new Set(http1Heads(rows).lengths).size, 1);
    assert.deepEqual(http1Heads(rows).lengths.length, 10);
  });

  it('are of an answer of 52 bytes for 22 of JSON', () => {
    const answers = sizes(rows, 'HEADERS', 'down');
    assert.equal(answers.at(-1)! + sizes(rows, 'DATA', 'down').at(-1)!, 52);
    const data = rows.findLast((row) => row.data['type'] === 'DATA');
    assert.equal(data?.data['length'], 22);
  });

  it('stand in every lesson that has the bench', () => {
    for (const text of textsWith('http2-heads')) {
      for (const figure of ['638', '411', '39']) assert.match(text, new RegExp(`\\b${figure}\\b`));
    }
  });
});

describe('figures of no 101 at all, from its recording', () => {
  const rows = recorded(no101);

  it('are what lessons may say: 99 up and about 34 down, Hello 20 and 16', () => {
    const { statusCode, handshake, message } = connectCosts(rows);
    assert.equal(statusCode, 200);
    assert.equal(handshake.up, 99);
    assert.ok(Math.abs(Number(handshake.down) - 34) <= 2);
    assert.deepEqual(message, { up: 20, down: 16 });
    // Nine of them are the header of the DATA frame.
    const frames = rows.filter(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === 1);
    assert.deepEqual(
      frames.map(({ octets }) => (octets?.length ?? 0) + 9),
      [20, 16],
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

  it('stand in every lesson that has the bench', () => {
    for (const text of textsWith('no-101')) {
      for (const figure of ['99', '20', '16']) assert.match(text, new RegExp(`\\b${figure}\\b`));
    }
  });
});
