import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { concatOctets, octetsFromHex } from '#protocol/octets.ts';
import { runScript } from './run-script.ts';

const base64 = (hex: string): string =>
  Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64');

describe('scripts/decode-frames.ts', () => {
  it('prints a masked text frame in the terms of RFC 6455 §5.7', async () => {
    const frame = octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
    const { code, lines } = await runScript('decode-frames.ts', ['--role', 'client'], frame);
    assert.equal(code, 0);
    assert.deepEqual(lines, [
      {
        type: 'frame',
        offset: 0,
        fin: true,
        rsv1: false,
        rsv2: false,
        rsv3: false,
        opcode: 1,
        opcodeName: 'text',
        mask: true,
        payloadLength: 5,
        lengthForm: 7,
        headerLength: 6,
        maskingKey: base64('37 fa 21 3d'),
        payloadData: base64('7f 9f 4d 51 58'),
        applicationData: Buffer.from('Hello').toString('base64'),
        violations: [],
      },
    ]);
  });

  it('judges the same octets by who sent them (RFC 6455 §5.1)', async () => {
    const hello = octetsFromHex('81 05 48 65 6c 6c 6f');
    const [fromServer] = (await runScript('decode-frames.ts', ['--role=server'], hello)).lines;
    const [fromClient] = (await runScript('decode-frames.ts', ['--role=client'], hello)).lines;
    assert.deepEqual(fromServer?.['violations'], []);
    assert.deepEqual(fromClient?.['violations'], [
      { code: 'CLIENT_FRAME_NOT_MASKED', section: 'RFC 6455 §5.1', closeCode: 1002 },
    ]);
  });

  it('knows RSV1 when permessage-deflate was agreed on (RFC 7692 §7.2.3.1)', async () => {
    const hello = octetsFromHex('c1 07 f2 48 cd c9 c9 07 00');
    const role = ['--role', 'server'];
    const deflate = [...role, '--extension', 'permessage-deflate'];
    const [plain] = (await runScript('decode-frames.ts', role, hello)).lines;
    const [agreed] = (await runScript('decode-frames.ts', deflate, hello)).lines;
    assert.match(JSON.stringify(plain?.['violations']), /RSV1_WITHOUT_EXTENSION/);
    assert.deepEqual(agreed?.['violations'], []);
  });

  it('inflates compressed messages, each after those before it (RFC 7692 §7.2.3.2)', async () => {
    const octets = octetsFromHex('41 03 f2 48 cd 80 04 c9 c9 07 00 c1 05 f2 00 11 00 00');
    const inflatedWith = async (extension: string): Promise<unknown[]> => {
      const options = ['--role', 'server', '--extension', extension];
      const { lines } = await runScript('decode-frames.ts', options, octets);
      return lines.map(({ inflatedData }) => inflatedData);
    };
    const hello = Buffer.from('Hello').toString('base64');
    assert.deepEqual(await inflatedWith('permessage-deflate'), [undefined, hello, hello]);
    assert.deepEqual(await inflatedWith('permessage-deflate; server_no_context_takeover'), [
      undefined,
      hello,
      undefined,
    ]);
  });

  it('lays out and judges the header of a frame that is cut off', async () => {
    const { lines } = await runScript(
      'decode-frames.ts',
      ['--role', 'server'],
      octetsFromHex('89 7e 00 7e 61'),
    );
    const { type, code, opcodeName, payloadLength, lengthForm, violations } = lines[0] ?? {};
    assert.deepEqual([type, code], ['unread', 'FRAME_INCOMPLETE']);
    assert.deepEqual([opcodeName, payloadLength, lengthForm], ['ping', 126, 16]);
    assert.match(JSON.stringify(violations), /CONTROL/);
  });

  it('says the close code, judges frames by those before, and keeps what is left', async () => {
    const octets = concatOctets([
      octetsFromHex('88 04 03 e8 6f 6b'),
      octetsFromHex('81 00'),
      octetsFromHex('81 05 48'),
    ]);
    const { lines } = await runScript('decode-frames.ts', ['--role', 'server'], octets);
    assert.equal(lines[0]?.['closeCode'], 1000);
    assert.equal(lines[0]?.['closeReason'], 'ok');
    assert.match(JSON.stringify(lines[1]?.['violations']), /FRAME_AFTER_CLOSE/);
    const { type, offset, code: why, octets: left } = lines[2] ?? {};
    assert.deepEqual([type, offset, why], ['unread', 8, 'FRAME_INCOMPLETE']);
    assert.equal(left, base64('81 05 48'));
  });

  for (const args of [[], ['--role', 'proxy'], ['--rôle', 'client'], ['client']]) {
    it(`ends with 2 and its usage after "${args.join(' ')}"`, async () => {
      const { code, errors, lines } = await runScript('decode-frames.ts', args);
      assert.equal(code, 2);
      assert.match(errors, /Usage: node scripts\/decode-frames\.ts --role client\|server/);
      assert.deepEqual(lines, []);
    });
  }
});
