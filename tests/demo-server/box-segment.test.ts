import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readBoxSegment } from '#demo-server/box-segment.ts';
import { defineBox, type BoxServer } from '#demo-server/box.ts';

const nothing = { request: () => undefined, upgrade: () => undefined };
const boxes = new Map<string, BoxServer>([
  ['plain', nothing],
  [
    'fog',
    defineBox({
      ...nothing,
      parameters: {
        metres: { type: 'number', default: 50, min: 10, max: 200 },
        colour: { type: 'choice', default: 'grey', choices: ['grey', 'white'] },
      },
    }),
  ],
]);

const valuesOf = (segment: string) => ({ ...readBoxSegment(segment, boxes).values });

describe('a box in a path segment (RFC 3986 §3.3)', () => {
  it('has its defaults for what the segment leaves out', () => {
    assert.deepEqual(valuesOf('plain'), {});
    assert.deepEqual(valuesOf('fog'), { metres: 50, colour: 'grey' });
    assert.deepEqual(valuesOf('fog;colour=white'), { metres: 50, colour: 'white' });
    assert.deepEqual(valuesOf('fog;metres=10;colour=white'), { metres: 10, colour: 'white' });
    assert.deepEqual(valuesOf('fog;metres=200'), { metres: 200, colour: 'grey' });
  });

  const refused: readonly [segment: string, statusCode: number, sentence: string][] = [
    ['smog', 404, 'There is no such box. There are plain, fog.'],
    ['constructor', 404, 'There is no such box. There are plain, fog.'],
    ['plain;metres=20', 400, 'The box plain takes no parameters.'],
    ['fog;', 400, 'The box fog takes metres, colour.'],
    ['fog;toString=1', 400, 'The box fog takes metres, colour.'],
    ['fog;__proto__=1', 400, 'The box fog takes metres, colour.'],
    ['fog;metres=20;metres=30', 400, 'Set metres of fog once.'],
    ...['9', '201', '', '2e1', '0x20', '-20', '20.5', ' 20', 'NaN', '%32%30', '0'.repeat(20)].map(
      (text): [string, number, string] => [
        `fog;metres=${text}`,
        400,
        'Set metres of fog to a whole number, 10 to 200.',
      ],
    ),
    ['fog;metres', 400, 'Set metres of fog to a whole number, 10 to 200.'],
    ['fog;colour=Grey', 400, 'Set colour of fog to one of grey, white.'],
    ['fog;colour=constructor', 400, 'Set colour of fog to one of grey, white.'],
  ];
  for (const [segment, statusCode, sentence] of refused) {
    it(`refuses ${segment} with ${String(statusCode)} and says what it takes`, () => {
      assert.throws(() => readBoxSegment(segment, boxes), { statusCode, message: sentence });
    });
  }
});
