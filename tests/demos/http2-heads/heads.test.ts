import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/http2-heads/demo.ts';
import { http1Heads, http2Heads, writtenOut } from '#demos/http2-heads/heads.ts';

provideHttp2();
const json = readFileSync('content/captures/http2-heads.json', 'utf8');
const rows = [...readReplay(demo, json, 'recording').store.rows];

const solved = (some: readonly Row[]) =>
  evaluate(demo.challenges[0]!, some)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
const isRobotHead = ({ sender, data }: Row) => sender === 'ROBOT' && data['type'] === 'HEADERS';

describe('the heads of ten requests', () => {
  it('are counted in each protocol, from the rows alone', () => {
    assert.equal(http1Heads(rows).lengths.length, 10);
    assert.deepEqual(http2Heads(rows).lengths, [411, ...Array<number>(9).fill(39)]);
    assert.equal(http2Heads(rows).connections, 1);
  });

  it('take 638 bytes each when HTTP/2’s are written out for HTTP/1.1', () => {
    assert.equal(writtenOut(rows), 638);
    assert.equal(writtenOut([]), undefined);
  });
});

describe('Forty bytes', () => {
  it('is solved by a second request on the same connection', () => {
    assert.deepEqual(solved(rows), ['browser-heavy', 'robot-light']);
  });

  it('is not solved by first requests alone, nor without the cookie', () => {
    const [first] = rows.filter(isRobotHead);
    const firsts = rows.filter((row) => !isRobotHead(row) || row === first);
    assert.deepEqual(solved(firsts), ['browser-heavy']);
    const bare = rows.map((row) => {
      if (!isRobotHead(row)) return row;
      const fields = { ...(row.data['fields'] as Record<string, string>) };
      delete fields['cookie'];
      return { ...row, data: { ...row.data, fields } };
    });
    assert.deepEqual(solved(bare), ['browser-heavy']);
  });

  it('is not solved by the robot alone', () => {
    assert.deepEqual(solved(rows.filter(({ sender }) => sender !== 'BROWSER')), ['robot-light']);
  });
});
