import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webSocketOptions } from '#demo-server/demo.ts';
import { PREDICTABLE_KEY } from '#demos/broken-frames/frame-plan.ts';
import { presetOf } from '#demos/broken-frames/presets.ts';
import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';
import { closeCodeOf, mayBeSent } from '#protocol/websocket/close-codes.ts';
import { decodeFrame, encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { webSocketViolation } from '#protocol/websocket/violation.ts';
import { answerTo, tagWithId, textAttribute, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('frames-bit-by-bit');

const utf8 = (content: string) => new TextEncoder().encode(content);
const key = octetsFromHex('37fa213d');
const fromServer = (opcode: number, content: Uint8Array, fin = true) =>
  encodeFrame({ opcode, fin, applicationData: content });
const fromBrowser = (opcode: number, content: Uint8Array) =>
  encodeFrame({ opcode, maskingKey: key, applicationData: content });
const words = 'zero one two three four five six seven eight nine ten eleven'.split(' ');
const word = (frame: Uint8Array | number) =>
  words[typeof frame === 'number' ? frame : frame.length] ?? 'more';

const says = (sentence: string) => {
  assert.ok(text.toLowerCase().includes(sentence.toLowerCase()), `the lesson says "${sentence}"`);
};

describe('figures of frames-bit-by-bit, recomputed', () => {
  it('decodes the example of RFC 6455 §5.7 as the lesson does', () => {
    const hex = textAttribute(tagWithId(text, 'hello-by-hand'), 'bytes') ?? '';
    assert.equal(hex, '81 85 37 fa 21 3d 7f 9f 4d 51 58', 'RFC 6455 §5.7');
    const octets = octetsFromHex(hex);
    const decoded = decodeFrame(octets);
    assert.ok(decoded);
    const { frame, octetsRead } = decoded;
    assert.equal(octetsRead, octets.length);
    assert.equal(new TextDecoder().decode(frame.applicationData), 'Hello');
    assert.deepEqual([frame.fin, frame.opcode, frame.masked], [true, Opcode.text, true]);

    const [first = 0, second = 0] = octets;
    const bits = (octet: number) => octet.toString(2).padStart(8, '0');
    const firstBits = bits(first).replace(/^(.)(...)(....)$/, '$1 $2 $3');
    says(`| \`${hex.slice(0, 2)}\` = \`${firstBits}\` |`);
    says(`| \`${hex.slice(3, 5)}\` = \`${bits(second).replace(/^(.)/, '$1 ')}\` |`);
    says(`· opcode ${frame.opcode}, text |`);
    says(`· length ${frame.payloadLength} |`);
    says(`| \`${hexFromOctets(frame.maskingKey ?? octets, ' ')}\` | masking key |`);
    says(`| \`${hexFromOctets(frame.payload, ' ')}\` | masked payload |`);
  });

  it('unmasks the letters that the lesson unmasks (RFC 6455 §5.3)', () => {
    const sums = [...text.matchAll(/`(\w\w)` ⊕ `(\w\w)` is `(\w\w)`, an `(\w)`/g)];
    const fifth = /`(\w\w)` meets `(\w\w)` again: `(\w\w)`, an `(\w)`/.exec(text);
    assert.equal(sums.length, 1);
    assert.ok(fifth);
    for (const [, masked = '', keyed = '', plain = '', letter = ''] of [...sums, fifth]) {
      assert.equal(Number.parseInt(masked, 16) ^ Number.parseInt(keyed, 16), letter.charCodeAt(0));
      assert.equal(Number.parseInt(plain, 16), letter.charCodeAt(0));
    }
  });

  it('counts Hello up and down', () => {
    const up = fromBrowser(Opcode.text, utf8('Hello'));
    const down = fromServer(Opcode.text, utf8('Hello'));
    assert.equal(answerTo(text, 'hello-up'), String(up.length));
    says(`${word(up)} up, ${word(down)} down.`);
    says(`of your ${word(up)} for \`Hello\` it was ${word(up.length - 5)}`);
  });

  it('has the header lengths of RFC 6455 §5.2 in its table', () => {
    const number = (cell: string) => Number(cell.replace(/\D/g, ''));
    const rows = [
      ...text.matchAll(/^\| ([\d,]+) (?:to ([\d,]+)|and more) \| (\d+) \| (\d+) \|$/gm),
    ];
    assert.equal(rows.length, 3);
    for (const [, from = '', to, server, browser] of rows) {
      for (const length of [number(from), number(to ?? from)]) {
        const payload = new Uint8Array(length);
        assert.equal(fromServer(Opcode.text, payload).length - length, Number(server));
        assert.equal(fromBrowser(Opcode.text, payload).length - length, Number(browser));
      }
    }
    // The rows leave no length out and have none twice.
    const borders = rows.flatMap(([, from = '', to]) => (to ? [from, to] : [from])).map(number);
    assert.deepEqual(borders, [0, 125, 126, 65_535, 65_536]);
    says('a header of 2 to 14 bytes');
  });

  it('grows where the lesson says', () => {
    const frame = (length: number) => fromBrowser(Opcode.text, new Uint8Array(length));
    assert.equal(answerTo(text, 'one-letter-more'), String(frame(126).length - frame(125).length));
    assert.equal(answerTo(text, 'header-126'), `${frame(126).length - 126} bytes`);
  });

  it('counts the echo in two fragments (RFC 6455 §5.4)', () => {
    const whole = fromServer(Opcode.text, utf8('Hello'));
    const parts = [
      fromServer(Opcode.text, utf8('He'), false),
      fromServer(Opcode.continuation, utf8('llo')),
    ];
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    says(`${word(total)} bytes down instead of ${word(whole)}`);
  });

  it('counts an empty ping and its pong (RFC 6455 §5.5.2)', () => {
    const none = new Uint8Array(0);
    says(
      `${word(fromServer(Opcode.ping, none))} bytes come down and ${word(fromBrowser(Opcode.pong, none))} go up`,
    );
  });

  it('is right about close codes (RFC 6455 §7.4)', () => {
    const code = new Uint8Array(2);
    new DataView(code.buffer).setUint16(0, 4001);
    says(`two bytes, \`${hexFromOctets(code, ' ')}\``);
    says(`${125 - code.length} bytes at most, because a control frame holds no more than 125`);
    says(`code 1009, ${closeCodeOf(1009)?.name ?? ''}`);
    assert.equal(mayBeSent(1006), false);
  });

  it('asks for one byte more than the server accepts', () => {
    says(`fill up to ${(webSocketOptions.maxPayload ?? 0) + 1} bytes`);
  });

  it('says of broken frames what the presets and RFC 6455 say', () => {
    const preset = (id: string) => presetOf(id) ?? assert.fail(id);
    says(`a length of 5 in the 16-bit form`);
    assert.equal(preset('long-form').label, 'a length of 5 in the 16-bit form');
    const [euro, rest] = preset('half-euro').frames;
    const octets = [...(euro?.payload ?? []), ...(rest?.payload ?? [])];
    says(`\`€\` is three bytes, \`${hexFromOctets(new Uint8Array(octets), ' ')}\``);
    assert.equal(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(octets)), '€');
    says(`\`${preset('predictable-key').label}\``);
    says(`key ${hexFromOctets(PREDICTABLE_KEY, ' ')}`);
    assert.equal(webSocketViolation('CLIENT_FRAME_NOT_MASKED').closeCode, 1002);
    assert.equal(webSocketViolation('TEXT_NOT_UTF8').closeCode, 1007);
  });
});
