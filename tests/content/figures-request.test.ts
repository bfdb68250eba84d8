import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { Row } from '#capture/row.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { batchesOf, countConnections } from '#demos/sockets/batches.ts';
import sockets from '#demos/sockets/demo.ts';
import chunks from '#demos/chunks/demo.ts';
import http2HeadsDemo from '#demos/http2-heads/demo.ts';
import { http1Heads, http2Heads, writtenOut } from '#demos/http2-heads/heads.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { lastReading } from '#demos/chunks/reading.ts';
import { exchangesOf, requestLength } from '#demos/x-ray/exchanges.ts';
import xRay from '#demos/x-ray/demo.ts';
import { figuresOf } from './lesson-figures.ts';

provideHttp2();
const recorded = (demo: DemoDefinition): readonly Row[] =>
  readReplay(demo, readFileSync(`content/captures/${demo.id}.json`, 'utf8'), 'recording').store
    .rows;
const lesson = figuresOf('a-request-is-not-a-connection');

describe('figures of a-request-is-not-a-connection, from its recordings', () => {
  it('are of a GET of several hundred bytes for 22', () => {
    const [browser, copy, polite] = exchangesOf(recorded(xRay));
    assert.equal(browser?.sender, 'BROWSER');
    assert.equal(browser.content, 22);
    lesson.quotes('That is 22 bytes.');
    assert.ok(browser.requestHead > 400 && browser.requestHead < 800, `${browser.requestHead}`);
    assert.equal(lesson.answerTo('bytes-of-a-get'), 'About 600');
    assert.deepEqual([copy?.sender, copy?.requestHead], ['ROBOT', browser.requestHead]);
    assert.equal(polite?.statusCode, 200);
  });

  it('are of 73 bytes with Host alone', () => {
    const target = `/live/${'r'.repeat(22)}/x-ray`;
    const length = requestLength(target, 'localhost:4321', []);
    lesson.quotes(new RegExp(`needs ${length} bytes at \`localhost:4321\``));
    const polite = recorded(xRay).findLast(({ kind }) => kind === 'http.req.head');
    const fields = polite?.data['fields'] as Readonly<Record<string, string>>;
    assert.equal(polite?.octets?.length, requestLength(target, fields['host'], []));
  });

  it('are of 1, 6 and 10 connections', () => {
    assert.deepEqual(batchesOf(recorded(sockets)).map(countConnections), [1, 6, 10]);
    assert.equal(sockets.parameters.requests.default, 10);
    lesson.quotes('Ten requests, how many sockets?');
    assert.match(lesson.questionOf('ten-in-a-row'), /asks ten times/);
    assert.equal(lesson.answerTo('ten-in-a-row'), '1');
    assert.match(lesson.questionOf('six-at-most'), /ten requests at once/);
    assert.equal(lesson.answerTo('six-at-most'), '6');
    lesson.quotes('one of the six connections to that host');
  });

  it('are of six pieces, all errors, and three lines', () => {
    const reading = lastReading(recorded(chunks));
    assert.deepEqual([reading?.pieces.length, reading?.errors, reading?.byLine], [6, 6, 3]);
    lesson.quotes('all six pieces are errors');
    assert.match(lesson.questionOf('cut-elsewhere'), /of 16 bytes. .* its three messages/);
    assert.equal(chunks.parameters.size.default, 16);
  });

  it('are of 638 bytes written out, 411 at first, 39 after that, on one connection', () => {
    const rows = recorded(http2HeadsDemo);
    const { lengths, connections } = http2Heads(rows);
    assert.equal(connections, 1);
    assert.deepEqual([lengths.length, new Set(lengths.slice(1)).size], [10, 1]);
    assert.equal(writtenOut(rows), 638);
    assert.match(lesson.questionOf('ten-over-http2'), /asks ten times .* head of 638 bytes/);
    assert.equal(lesson.answerTo('ten-over-http2'), 'About 40 bytes');
    lesson.quotes(`The first takes ${lengths[0]} bytes and each one after it ${lengths.at(-1)}.`);
    lesson.quotes(`from hundreds of bytes to about ${lengths.at(-1)}`);
    // The browser's own heads are all alike too, and each is written out anew.
    assert.deepEqual(
      [http1Heads(rows).lengths.length, new Set(http1Heads(rows).lengths).size],
      [10, 1],
    );
  });

  it('are of 39 bytes up and 30 down around 22 of JSON; a frame adds two', () => {
    const rows = recorded(http2HeadsDemo);
    const down = (type: string) =>
      rows.findLast(({ data, direction }) => data['type'] === type && direction === 'down');
    const answer = Number(down('HEADERS')?.octets?.length) + Number(down('DATA')?.octets?.length);
    lesson.quotes(`Even ${http2Heads(rows).lengths.at(-1)} bytes up and ${answer - 22} down`);
    assert.equal(down('DATA')?.data['length'], 22);
    const frame = encodeFrame({ opcode: 1, applicationData: new Uint8Array(22) });
    assert.equal(frame.length - 22, 2);
    lesson.quotes('a short message costs two bytes of header from the server');
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
