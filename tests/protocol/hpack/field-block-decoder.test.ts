import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { FieldBlockDecoder, type Representation } from '#protocol/hpack/field-block-decoder.ts';
import { decodeInteger } from '#protocol/hpack/integer.ts';
import { STATIC_TABLE } from '#protocol/hpack/static-table.ts';
import { concatOctets, octetsFromHex } from '#protocol/octets.ts';
import { Random } from '#tests/support/random.ts';

/** Blocks of one direction, in order, and what each says. All of them from RFC 7541 Appendix C. */
const Sequences: Readonly<
  Record<string, readonly (readonly [hex: string, fields: readonly string[]])[]>
> = {
  'C.2.1 literal with indexing': [
    ['400a637573746f6d2d6b65790d637573746f6d2d686561646572', ['custom-key: custom-header']],
  ],
  'C.2.2 literal without indexing': [['040c2f73616d706c652f70617468', [':path: /sample/path']]],
  'C.2.3 literal never indexed': [['100870617373776f726406736563726574', ['password: secret']]],
  'C.2.4 indexed': [['82', [':method: GET']]],
  'C.3 requests without Huffman code': [
    [
      '828684410f7777772e6578616d706c652e636f6d',
      [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
    ],
    [
      '828684be58086e6f2d6361636865',
      [
        ':method: GET',
        ':scheme: http',
        ':path: /',
        ':authority: www.example.com',
        'cache-control: no-cache',
      ],
    ],
    [
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
      [
        ':method: GET',
        ':scheme: https',
        ':path: /index.html',
        ':authority: www.example.com',
        'custom-key: custom-value',
      ],
    ],
  ],
  'C.4 the same with Huffman code': [
    [
      '828684418cf1e3c2e5f23a6ba0ab90f4ff',
      [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
    ],
    [
      '828684be5886a8eb10649cbf',
      [
        ':method: GET',
        ':scheme: http',
        ':path: /',
        ':authority: www.example.com',
        'cache-control: no-cache',
      ],
    ],
    [
      '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
      [
        ':method: GET',
        ':scheme: https',
        ':path: /index.html',
        ':authority: www.example.com',
        'custom-key: custom-value',
      ],
    ],
  ],
  // The appendix sets a table of 256 octets; here the first block says so (§6.3).
  'C.5 responses, with fields thrown out of the table': [
    [
      '3fe101 4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d',
      [
        ':status: 302',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:21 GMT',
        'location: https://www.example.com',
      ],
    ],
    [
      '4803333037c1c0bf',
      [
        ':status: 307',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:21 GMT',
        'location: https://www.example.com',
      ],
    ],
    [
      '88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31',
      [
        ':status: 200',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:22 GMT',
        'location: https://www.example.com',
        'content-encoding: gzip',
        'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
      ],
    ],
  ],
  'C.6 the same with Huffman code': [
    [
      '3fe101 488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
      [
        ':status: 302',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:21 GMT',
        'location: https://www.example.com',
      ],
    ],
    [
      '4883640effc1c0bf',
      [
        ':status: 307',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:21 GMT',
        'location: https://www.example.com',
      ],
    ],
    [
      '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
      [
        ':status: 200',
        'cache-control: private',
        'date: Mon, 21 Oct 2013 20:13:22 GMT',
        'location: https://www.example.com',
        'content-encoding: gzip',
        'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
      ],
    ],
  ],
};

const fieldsOf = (representations: readonly Representation[]) =>
  representations.flatMap((one) =>
    one.type === 'table-size-update' ? [] : [`${one.field.name}: ${one.field.value}`],
  );

describe('a field block (RFC 7541)', () => {
  for (const [id, blocks] of Object.entries(Sequences)) {
    it(`is decoded as Appendix ${id} says, every octet in a representation`, () => {
      const decoder = new FieldBlockDecoder();
      for (const [hex, fields] of blocks) {
        const block = octetsFromHex(hex);
        const { representations, error } = decoder.decode(block);
        assert.equal(error, undefined);
        assert.deepEqual(fieldsOf(representations), fields);
        let at = 0;
        for (const { offset, length } of representations) {
          assert.equal(offset, at);
          at += length;
        }
        assert.equal(at, block.length);
      }
    });
  }

  it('has the static table of Appendix A: 61 fields', () => {
    assert.equal(STATIC_TABLE.length, 61);
    assert.deepEqual(STATIC_TABLE[1], { name: ':method', value: 'GET' });
    assert.deepEqual(STATIC_TABLE[15], { name: 'accept-encoding', value: 'gzip, deflate' });
    assert.deepEqual(STATIC_TABLE[60], { name: 'www-authenticate', value: '' });
  });

  it('says which octets carried a literal: prefix, name, value', () => {
    const block = octetsFromHex('408825a849e95ba97d7f8925a849e95bb8e8b4bf');
    const [literal] = new FieldBlockDecoder().decode(block).representations;
    assert.ok(literal?.type === 'literal');
    assert.equal(literal.indexing, 'incremental');
    assert.deepEqual([literal.prefixLength, literal.nameIndex], [1, 0]);
    assert.deepEqual([literal.name?.offset, literal.name?.length], [1, 9]);
    assert.deepEqual([literal.value.offset, literal.value.length], [10, 10]);
    assert.deepEqual([literal.value.huffman, literal.value.codedLength], [true, 9]);
  });

  const Broken = {
    'index 0 (§6.1)': ['80', 'INDEX_OUT_OF_RANGE'],
    'an index behind both tables (§2.3.3)': ['be', 'INDEX_OUT_OF_RANGE'],
    'an integer without end (§5.1)': ['ffffffffffffffffff01', 'INTEGER_INVALID'],
    'an integer of zeros without end (§5.1)': ['ff8080808080808080808000', 'INTEGER_INVALID'],
    'a string longer than its block (§5.2)': ['0405616263', 'STRING_TOO_LONG'],
    'Huffman padding of zeros (§5.2)': ['048100', 'HUFFMAN_INVALID'],
    'eight bits of Huffman padding (§5.2)': ['0481ff', 'HUFFMAN_INVALID'],
    'the end of the string in a string (§5.2)': ['0484ffffffff', 'HUFFMAN_INVALID'],
    'a table of 2 MiB': ['3fe1ff7f', 'TABLE_SIZE_ABOVE_BOUND'],
  } as const;
  for (const [name, [hex, code]] of Object.entries(Broken)) {
    it(`stops at ${name}, and reads no block after it`, () => {
      const decoder = new FieldBlockDecoder();
      const { representations, error } = decoder.decode(octetsFromHex(`82${hex}`));
      assert.equal(representations.length, 1);
      assert.deepEqual(error, { code, offset: 1 });
      assert.equal(decoder.decode(octetsFromHex('82')).error?.code, 'BLOCK_BEFORE_BROKEN');
    });
  }

  it('forgets all fields when the table is set to 0 (§4.3)', () => {
    const decoder = new FieldBlockDecoder();
    decoder.decode(octetsFromHex('400a637573746f6d2d6b65790d637573746f6d2d686561646572'));
    const { error } = decoder.decode(octetsFromHex('20be'));
    assert.deepEqual(error, { code: 'INDEX_OUT_OF_RANGE', offset: 1 });
  });

  it('stops where a few octets would become more fields than anybody takes (RFC 7541 §7.3)', () => {
    const decoder = new FieldBlockDecoder();
    // A table of 65,536, in it a value of 60,000, and then that entry once an octet.
    const value = octetsFromHex(`3fe1ff034001787fe1d303${'61'.repeat(60_000)}`);
    const { representations, error } = decoder.decode(
      concatOctets([value, new Uint8Array(10_000).fill(0xbe)]),
    );
    assert.equal(error?.code, 'FIELDS_TOO_LONG');
    assert.equal(representations.length, 1 + Math.floor(2 ** 20 / (60_000 + 1 + 32)));
    assert.equal(decoder.decode(octetsFromHex('82')).error?.code, 'BLOCK_BEFORE_BROKEN');
  });

  it('never throws, whatever octets come', () => {
    const random = new Random(7541);
    for (let round = 0; round < 20_000; round += 1) {
      const block = random.octets(random.integer(0, 40));
      const { representations } = new FieldBlockDecoder().decode(block);
      const end = representations.reduce((sum, { length }) => sum + length, 0);
      assert.ok(end <= block.length);
    }
  });
});

describe('an integer (RFC 7541 §5.1, Appendix C.1)', () => {
  for (const [hex, prefix, value] of [
    ['0a', 5, 10],
    ['1f9a0a', 5, 1337],
    ['2a', 8, 42],
  ] as const) {
    it(`${hex} with ${prefix} bits is ${value}`, () => {
      const octets = octetsFromHex(hex);
      assert.deepEqual(decodeInteger(octets, 0, prefix), { value, octetsRead: octets.length });
      assert.equal(decodeInteger(octets.subarray(0, -1), 0, prefix), undefined);
    });
  }
});
