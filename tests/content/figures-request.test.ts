import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import type { Row } from '#capture/row.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import { batchesOf, countConnections } from '#demos/sockets/batches.ts';
import sockets from '#demos/sockets/demo.ts';
import chunks from '#demos/chunks/demo.ts';
import { lastReading } from '#demos/chunks/reading.ts';
import { exchangesOf, requestLength } from '#demos/x-ray/exchanges.ts';
import xRay from '#demos/x-ray/demo.ts';
import { answerTo, writtenLesson } from './lesson-text.ts';

const recorded = (demo: DemoDefinition): readonly Row[] =>
  readReplay(demo, readFileSync(`content/captures/${demo.id}.json`, 'utf8'), 'recording').store
    .rows;
const { text } = writtenLesson('a-request-is-not-a-connection');

describe('figures of lesson 3, from its recordings', () => {
  it('are of a GET of several hundred bytes for 22', () => {
    const [browser, copy, polite] = exchangesOf(recorded(xRay));
    assert.equal(browser?.sender, 'BROWSER');
    assert.equal(browser.content, 22);
    assert.ok(browser.requestHead > 400 && browser.requestHead < 800, `${browser.requestHead}`);
    assert.equal(answerTo(text, 'bytes-of-a-get'), 'About 600');
    assert.deepEqual([copy?.sender, copy?.requestHead], ['ROBOT', browser.requestHead]);
    assert.equal(polite?.statusCode, 200);
  });

  it('are of 73 bytes with Host alone', () => {
    const target = `/live/${'r'.repeat(22)}/x-ray`;
    const length = requestLength(target, 'localhost:4321', []);
    assert.match(text, new RegExp(`needs ${length} bytes at \`localhost:4321\``));
    const polite = recorded(xRay).findLast(({ kind }) => kind === 'http.req.head');
    const fields = polite?.data['fields'] as Readonly<Record<string, string>>;
    assert.equal(polite?.octets?.length, requestLength(target, fields['host'], []));
  });

  it('are of 1, 6 and 10 connections', () => {
    assert.deepEqual(batchesOf(recorded(sockets)).map(countConnections), [1, 6, 10]);
    assert.equal(answerTo(text, 'ten-in-a-row'), '1');
    assert.equal(answerTo(text, 'six-at-most'), '6');
  });

  it('are of six pieces, all errors, and three lines', () => {
    const reading = lastReading(recorded(chunks));
    assert.deepEqual([reading?.pieces.length, reading?.errors, reading?.byLine], [6, 6, 3]);
    assert.match(text, /all six pieces are errors/);
  });
});
