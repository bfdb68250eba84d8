import assert from 'node:assert/strict';

type Decoded = { readonly octetsRead: number };

/**
 * Feeds a pure decoder a case whole, octet by octet, and with trailing octets.
 *
 * Asserts that nothing is decoded before the last octet and that trailing octets change nothing.
 */
export function decodeThreeWays<Result extends Decoded>(
  decode: (octets: Uint8Array) => Result | undefined,
  octets: Uint8Array,
): Result {
  const whole = decode(octets);
  assert.ok(whole, 'decodes the whole');
  assert.equal(whole.octetsRead, octets.length, 'reads every octet');
  for (let length = 0; length < octets.length; length++) {
    assert.equal(decode(octets.slice(0, length)), undefined, `decodes nothing from ${length}`);
  }
  for (const trailing of [[0x00], [0x0a], [0x47, 0x45, 0x54], [0xff, 0xff, 0xff]]) {
    assert.deepEqual(decode(Uint8Array.of(...octets, ...trailing)), whole);
  }
  return whole;
}

/** What a stateful reader returns, as far as feeding it is concerned. */
export type Element = {
  readonly type: string;
  readonly offset: number;
  readonly octets: Uint8Array;
};

/**
 * Feeds a stateful reader a case whole, octet by octet, and with trailing octets.
 *
 * Asserts that the elements are the same each time, pieces of a body joined, and that they tile
 * what was read.
 */
export function readThreeWays<E extends Element>(
  create: () => (octets: Uint8Array) => readonly E[],
  octets: Uint8Array,
  /** Octets that begin something new. */
  trailing: Uint8Array,
): E[] {
  const whole = joinPieces(create()(octets.slice()));
  assertTiles(whole, octets);

  const push = create();
  const single: E[] = [];
  for (let at = 0; at < octets.length; at++) {
    single.push(...push(octets.slice(at, at + 1)));
    const read = single.reduce((length, element) => length + element.octets.length, 0);
    assert.ok(read <= at + 1, `reads nothing before it is there, at octet ${at}`);
  }
  assert.deepEqual(joinPieces(single), whole, 'octet by octet');

  const longer = joinPieces(create()(Uint8Array.of(...octets, ...trailing)));
  assert.deepEqual(longer.slice(0, whole.length), whole, 'with trailing octets');
  return whole;
}

/** Feeds octets cut at the given lengths, the last piece as long as what is left. */
export function readInPieces<E extends Element>(
  push: (octets: Uint8Array) => readonly E[],
  octets: Uint8Array,
  nextLength: () => number,
): E[] {
  const elements: E[] = [];
  for (let at = 0; at < octets.length;) {
    const end = Math.min(octets.length, at + nextLength());
    elements.push(...push(octets.slice(at, end)));
    at = end;
  }
  return joinPieces(elements);
}

const PIECES = new Set(['data', 'chunk-data', 'switched', 'unread']);

/** Joins neighbours that are pieces of the same thing, as they depend on how octets arrived. */
export function joinPieces<E extends Element>(elements: readonly E[]): E[] {
  const joined: E[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (last !== undefined && last.type === element.type && PIECES.has(element.type)) {
      joined.pop();
      joined.push({ ...last, octets: Uint8Array.of(...last.octets, ...element.octets) });
    } else {
      joined.push({ ...element, octets: Uint8Array.from(element.octets) });
    }
  }
  return joined;
}

/** Asserts that elements follow each other from 0 without a gap and hold exactly those octets. */
export function assertTiles(elements: readonly Element[], octets: Uint8Array): void {
  let at = 0;
  for (const { offset, octets: own, type } of elements) {
    assert.equal(offset, at, `${type} follows what is before it`);
    assert.deepEqual(Buffer.from(own), Buffer.from(octets.subarray(at, at + own.length)), type);
    at += own.length;
  }
  assert.equal(at, octets.length, 'elements reach to the last octet');
}
