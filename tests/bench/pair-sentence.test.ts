import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pairSentence } from '#bench/pair-sentence.ts';
import type { Row } from '#capture/row.ts';

const row = (given: Partial<Row> = {}): Row => ({
  number: 1,
  t: 0,
  kind: 'http.req.head',
  vantage: 'wire',
  sender: 'BROWSER',
  data: {},
  ...given,
});

describe('the sentence about two rows', () => {
  it('says who did what, and what the recording', () => {
    const sentence = pairSentence({
      here: row(),
      there: row(),
      differences: [
        { type: 'octets', here: 12_345, there: 9 },
        { type: 'value', name: 'closeCode', here: '1000', there: '' },
        { type: 'fields-here', names: ['dnt', 'sec-gpc'] },
      ],
    });
    assert.equal(
      sentence,
      'Your browser: 12,345 bytes, the recording 9; closeCode 1000, the recording none; fields that the recording lacks: dnt, sec-gpc.',
    );
  });

  it('names who did what only one of them has', () => {
    const program = row({ vantage: 'server', kind: 'server' });
    delete (program as { sender?: string }).sender;
    assert.equal(
      pairSentence({ here: program, differences: [] }),
      'In this run only, by the server program.',
    );
    assert.equal(
      pairSentence({ here: row(), differences: [] }, true),
      'In this run only, by its browser.',
    );
    assert.equal(pairSentence({ there: row(), differences: [] }), 'In the recording only.');
    assert.equal(pairSentence({ here: row(), there: row(), differences: [] }), 'the same');
  });

  it('shows what is hidden in a value, and cuts what is long', () => {
    const here = `\u202e${'x'.repeat(100)}`;
    const differences = [{ type: 'value', name: 'text', here, there: 'y' }] as const;
    const sentence = pairSentence({ here: row(), there: row(), differences });
    assert.ok(!sentence.includes('\u202e'));
    assert.match(sentence, /x{50,59}…, the recording y\.$/);
  });
});
