import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastVerdict } from '#demos/broken-frames/verdicts.ts';
import { rowsOfErrands } from './robot-rows.ts';

describe('the verdict on the robot’s last connection', () => {
  it('is not there before a robot was', () => {
    assert.equal(lastVerdict([]), undefined);
    assert.equal(lastVerdict(rowsOfErrands([[{ up: '810548656c6c6f' }]], 'BROWSER')), undefined);
  });

  it('names the rule, its section and the code, and what ws sent back', () => {
    const verdict = lastVerdict(rowsOfErrands([[{ up: '810548656c6c6f' }, { down: '880203ea' }]]));
    assert.deepEqual(
      verdict?.sent.map(({ what, broken }) => [what, broken.map(({ code }) => code)]),
      [['text', ['CLIENT_FRAME_NOT_MASKED']]],
    );
    assert.deepEqual(verdict?.answers, ['close 1002']);
    assert.equal(verdict?.outcome, '1002');
    assert.equal(verdict?.strictCode, 1002);
    assert.equal(verdict?.differs, false);
  });

  it('says where ws takes what RFC 6455 §5.2 forbids', () => {
    const pieces = [{ up: '81fe000537fa213d7f9f4d5158' }, { down: '810548656c6c6f' }];
    const verdict = lastVerdict(rowsOfErrands([pieces]));
    assert.deepEqual(verdict?.answers, ['text “Hello”']);
    assert.equal(verdict?.outcome, 'echo');
    assert.equal(verdict?.differs, true);
  });

  it('says nothing of a difference while no answer has come', () => {
    assert.equal(lastVerdict(rowsOfErrands([[{ up: '810548656c6c6f' }]]))?.differs, false);
  });

  it('reads only the last errand, and its payload as it stood on the wire', () => {
    const rows = rowsOfErrands([
      [{ up: '810548656c6c6f' }, { down: '880203ea' }],
      [{ up: '818537fa213d7f9f4d5158' }, { down: '810548656c6c6f' }],
    ]);
    const verdict = lastVerdict(rows);
    assert.deepEqual(
      verdict?.sent.map(({ broken }) => broken.length),
      [0],
    );
    assert.equal(verdict?.strictCode, undefined);
    assert.deepEqual([...(verdict?.onTheWire ?? [])], [0x7f, 0x9f, 0x4d, 0x51, 0x58]);
  });
});
