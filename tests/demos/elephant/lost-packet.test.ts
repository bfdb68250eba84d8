import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import elephant from '#demos/elephant/demo.ts';
import { losePacket, Model } from '#demos/elephant/lost-packet.ts';

describe('one packet of twelve is lost', () => {
  it('arrives when three later ones have, and one way told and one way sent again is over', () => {
    // The fourth leaves at 30 ms; the seventh arrives at 110, its report at 160, the second try at 210.
    assert.equal(losePacket(4)[3]?.arrivedMs, 210);
    for (const { number, arrivedMs, isLost } of losePacket(4)) {
      if (!isLost) assert.equal(arrivedMs, 50 + 10 * (number - 1));
    }
  });

  it('keeps everything behind it waiting over TCP (RFC 9293 §2.2)', () => {
    assert.deepEqual(
      losePacket(4).map(({ readOverTcpMs }) => readOverTcpMs),
      [50, 60, 70, ...Array<number>(9).fill(210)],
    );
  });

  it('keeps only its own stream waiting over QUIC (RFC 9000 §2.2, §13)', () => {
    assert.deepEqual(
      losePacket(4).map(({ stream, readOverQuicMs }) => `${stream} ${readOverQuicMs}`),
      ['A 50', 'B 60', 'C 70', 'A 210', 'B 90', 'C 100', 'A 210', 'B 120', 'C 130', 'A 210'].concat(
        ['B 150', 'C 160'],
      ),
    );
  });

  it('can be any that has enough packets behind it to be missed', () => {
    const { min, max } = elephant.parameters.lost;
    assert.deepEqual([min, max], [1, Model.packets - Model.threshold]);
    for (let lost = min; lost <= max; lost += 1) {
      assert.deepEqual(
        losePacket(lost).flatMap(({ number, isLost }) => (isLost ? [number] : [])),
        [lost],
      );
    }
  });
});
