import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeFrame } from '#demos/broken-frames/frame-plan.ts';
import { planOf, readOwnFrames } from '#demos/broken-frames/own-frames.ts';
import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';

const values = {
  opcode: '1',
  fin: true,
  rsv1: false,
  masking: 'random',
  form: 'shortest',
  payload: 'Hello',
  as: 'text',
};
const key = octetsFromHex('37fa213d');
const built = (changed: Partial<typeof values>) => {
  const plan = planOf({ ...values, ...changed });
  return plan && hexFromOctets(writeFrame(plan, key));
};

describe('frames of the reader’s own', () => {
  it('are hex with a space between two', () => {
    const read = (text: string) => readOwnFrames(text)?.map((octets) => hexFromOctets(octets));
    assert.deepEqual(read(' 8900  810548656c6c6f '), ['8900', '810548656c6c6f']);
    assert.deepEqual(read(''), []);
    assert.equal(read('89 0'), undefined);
    assert.equal(read('zz'), undefined);
    assert.equal(read('8900 '.repeat(201)), undefined);
  });

  it('are built field by field (RFC 6455 §5.7 for the usual ones)', () => {
    assert.equal(built({}), '818537fa213d7f9f4d5158');
    assert.equal(built({ masking: 'none' }), '810548656c6c6f');
    assert.equal(built({ masking: 'none', fin: false, payload: 'Hel' }), '010348656c');
    assert.equal(built({ masking: 'none', rsv1: true, opcode: '3', payload: '' }), 'c300');
    assert.equal(built({ masking: 'none', form: '16' }), '817e000548656c6c6f');
    assert.equal(built({ masking: 'none', form: '64', payload: 'a' }), '817f000000000000000161');
    assert.equal(built({ masking: 'none', as: 'hex', payload: 'e2 82 AC' }), '8103e282ac');
  });

  it('are not built of what is no hex', () => {
    assert.equal(built({ as: 'hex', payload: 'e2 8' }), undefined);
  });
});
