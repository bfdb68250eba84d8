import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/x-ray/demo.ts';
import { exchangesOf, linesOfBrowser, requestLength } from '#demos/x-ray/exchanges.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const target = `/live/${'r'.repeat(22)}/x-ray`;
const octets = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('the octets of a request', () => {
  it('are 49 for the curriculum’s minimal GET (B.1)', () => {
    assert.equal(requestLength('/api/feed', 'app.example.com', []), 49);
  });

  it('are 73 here with Host alone, at localhost:4321; each line adds itself and two', () => {
    assert.equal(requestLength(target, 'localhost:4321', []), 73);
    assert.equal(requestLength(target, 'localhost:4321', ['Accept: */*']), 73 + 13);
    assert.equal(requestLength(target, undefined, []), 73 - 'Host: localhost:4321\r\n'.length);
  });
});

describe('the browser’s lines', () => {
  it('are all but those that the robot writes; a withheld value is as many x', () => {
    const head = `GET ${target} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \x95\x95\x95\r\nAccept: */*\r\n\r\n`;
    const rows = writtenRows([
      { kind: 'http.req.head', sender: 'BROWSER', octets: octets(head), data: {} },
    ]);
    assert.deepEqual(linesOfBrowser(rows), ['User-Agent: xxx', 'Accept: */*']);
    assert.deepEqual(linesOfBrowser([]), []);
  });
});

describe('what is measured of an exchange', () => {
  it('is each head and the content, from the octets', () => {
    const rows = writtenRows([
      { kind: 'http.req.head', sender: 'ROBOT', octets: octets('123'), data: {} },
      { kind: 'http.res.head', octets: octets('12'), answers: 1, data: { statusCode: 200 } },
      { kind: 'http.res.body', octets: octets('1'), answers: 2, data: {} },
      { kind: 'http.req.head', sender: 'BROWSER', octets: octets('1234'), data: {} },
    ]);
    const [whole, open] = exchangesOf(rows);
    assert.deepEqual(whole, {
      sender: 'ROBOT',
      requestHead: 3,
      statusCode: 200,
      responseHead: 2,
      content: 1,
    });
    assert.equal(open?.content, undefined);
  });
});

describe('Smallest polite request', () => {
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  const solved = (
    headLength: number,
    statusCode: number,
    sender: 'ROBOT' | 'BROWSER' = 'ROBOT',
  ) => {
    const drafts: RowDraft[] = [
      { kind: 'http.req.head', sender, connection: 2, data: { headLength } },
      { kind: 'http.res.head', connection: 2, data: { statusCode } },
    ];
    return evaluate(challenge, writtenRows(drafts)).goals.every(({ met }) => met);
  };

  it('is solved by Host alone, also with five digits of a port', () => {
    assert.equal(solved(requestLength(target, 'localhost:4321', []), 200), true);
    assert.equal(solved(requestLength(target, 'localhost:65535', []), 200), true);
  });

  it('is not solved with one short line more, nor without Host', () => {
    assert.equal(solved(requestLength(target, 'localhost:4321', ['Accept: */*']), 200), false);
    assert.equal(solved(requestLength(target, undefined, []), 403), false);
  });
});
