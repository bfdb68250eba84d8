import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webSocketOptions } from '#demo-server/demo.ts';
import echo from '#demos/echo/demo.ts';
import { PREDICTABLE_KEY } from '#demos/broken-frames/frame-plan.ts';
import { presetOf } from '#demos/broken-frames/presets.ts';
import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';
import { closeCodeOf, mayBeSent } from '#protocol/websocket/close-codes.ts';
import { decodeFrame, encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { webSocketViolation } from '#protocol/websocket/violation.ts';
import { figuresOf } from './lesson-figures.ts';
import { tagWithId, textAttribute } from './lesson-text.ts';

const lesson = figuresOf('frames-bit-by-bit');

const utf8 = (content: string) => new TextEncoder().encode(content);
const key = octetsFromHex('37fa213d');
const fromServer = (opcode: number, content: Uint8Array, fin = true) =>
  encodeFrame({ opcode, fin, applicationData: content });
const fromBrowser = (opcode: number, content: Uint8Array) =>
  encodeFrame({ opcode, maskingKey: key, applicationData: content });
const words = 'zero one two three four five six seven eight nine ten eleven'.split(' ');
const word = (frame: Uint8Array | number) =>
  words[typeof frame === 'number' ? frame : frame.length] ?? 'more';

describe('figures of frames-bit-by-bit, recomputed', () => {
  it('decodes the example of RFC 6455 §5.7 as the lesson does', () => {
    const hex = textAttribute(tagWithId(lesson.text, 'hello-by-hand'), 'bytes') ?? '';
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
    lesson.quotes(`| \`${hex.slice(0, 2)}\` = \`${firstBits}\` |`);
    lesson.quotes(`| \`${hex.slice(3, 5)}\` = \`${bits(second).replace(/^(.)/, '$1 ')}\` |`);
    lesson.quotes(
      `FIN, the frame ends its message · three reserved bits · opcode ${frame.opcode}, text |`,
    );
    lesson.quotes(`· length ${frame.payloadLength} |`);
    lesson.quotes(`| \`${hexFromOctets(frame.maskingKey ?? octets, ' ')}\` | masking key |`);
    lesson.quotes(`| \`${hexFromOctets(frame.payload, ' ')}\` | masked payload |`);
  });

  it('unmasks the letters that the lesson unmasks (RFC 6455 §5.3)', () => {
    const first = lesson.quotes(/`(\w\w)` ⊕ `(\w\w)` is `(\w\w)`, an `(\w)`/);
    const fifth = lesson.quotes(
      /Four bytes on, `(\w\w)` meets `(\w\w)` again: `(\w\w)`, an `(\w)`/,
    );
    for (const [masked = '', keyed = '', plain = '', letter = ''] of [first, fifth]) {
      assert.equal(Number.parseInt(masked, 16) ^ Number.parseInt(keyed, 16), letter.charCodeAt(0));
      assert.equal(Number.parseInt(plain, 16), letter.charCodeAt(0));
    }
  });

  it('counts Hello up and down', () => {
    const up = fromBrowser(Opcode.text, utf8('Hello'));
    const down = fromServer(Opcode.text, utf8('Hello'));
    assert.match(lesson.questionOf('hello-up'), /Hello: five letters, five bytes/);
    assert.equal(lesson.answerTo('hello-up'), String(up.length));
    lesson.quotes(`${word(up)} up, ${word(down)} down.`);
    lesson.quotes(`of your ${word(up)} for \`Hello\` it was ${word(up.length - 5)}`);
  });

  it('has the header lengths of RFC 6455 §5.2 in its table', () => {
    const number = (cell: string) => Number(cell.replace(/\D/g, ''));
    const rows = lesson.quotesEach(/^\| ([\d,]+) (?:to ([\d,]+)|and more) \| (\d+) \| (\d+) \|$/m);
    assert.equal(rows.length, 3);
    for (const [from = '', to, server, browser] of rows) {
      for (const length of [number(from), number(to ?? from)]) {
        const payload = new Uint8Array(length);
        assert.equal(fromServer(Opcode.text, payload).length - length, Number(server));
        assert.equal(fromBrowser(Opcode.text, payload).length - length, Number(browser));
      }
    }
    // The rows leave no length out and have none twice.
    const borders = rows.flatMap(([from = '', to]) => (to ? [from, to] : [from])).map(number);
    assert.deepEqual(borders, [0, 125, 126, 65_535, 65_536]);
    lesson.quotes('a header of 2 to 14 bytes');
    lesson.quotes(
      'the smallest header of a frame is two bytes from a server and six from a browser',
    );
    lesson.quotes('Two bytes down, six up, and the message ends');
  });

  it('grows where the lesson says', () => {
    const frame = (length: number) => fromBrowser(Opcode.text, new Uint8Array(length));
    assert.equal(lesson.answerTo('one-letter-more'), String(frame(126).length - frame(125).length));
    assert.match(lesson.questionOf('one-letter-more'), /125 letters, then one of 126/);
    assert.match(lesson.questionOf('header-126'), /a text of 126 bytes/);
    assert.equal(lesson.answerTo('header-126'), `${frame(126).length - 126} bytes`);
    const { maskingKey } = decodeFrame(frame(126))?.frame ?? assert.fail();
    assert.equal(frame(126).length - 126, 2 + 2 + Number(maskingKey?.length));
    lesson.quotes(
      'Two bytes for flags and the value 126, two for the length, four for the masking',
    );
    // What the sender types, on either side of a border of the table above.
    lesson.quotes('Do the same with 126, and then with 65536.');
  });

  it('counts the echo in two fragments (RFC 6455 §5.4)', () => {
    const whole = fromServer(Opcode.text, utf8('Hello'));
    const parts = [
      fromServer(Opcode.text, utf8('He'), false),
      fromServer(Opcode.continuation, utf8('llo')),
    ];
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    lesson.quotes(`${word(total)} bytes down instead of ${word(whole)}`);
  });

  it('counts an empty ping and its pong (RFC 6455 §5.5.2)', () => {
    const none = new Uint8Array(0);
    lesson.quotes(
      `${word(fromServer(Opcode.ping, none))} bytes come down and ${word(fromBrowser(Opcode.pong, none))} go up`,
    );
  });

  it('is right about close codes (RFC 6455 §7.4)', () => {
    const code = new Uint8Array(2);
    new DataView(code.buffer).setUint16(0, 4001);
    lesson.quotes(`two bytes, \`${hexFromOctets(code, ' ')}\``);
    lesson.quotes(
      `${125 - code.length} bytes at most, because a control frame holds no more than 125`,
    );
    lesson.quotes(`code 1009, ${closeCodeOf(1009)?.name ?? ''}`);
    assert.equal(mayBeSent(1006), false);
  });

  it('asks for one byte more than the server accepts', () => {
    lesson.quotes(`fill up to ${(webSocketOptions.maxPayload ?? 0) + 1} bytes`);
  });

  it('asks for the headers that the challenge checks', () => {
    const hunter = echo.challenges.find(({ id }) => id === 'header-hunter');
    const goals = hunter?.goals.map(({ id }) => id.replace('header-', '')) ?? [];
    lesson.quotes(`headers of exactly ${goals.slice(0, -1).join(', ')} and ${goals.at(-1)} bytes`);
    // A premise, of no server here.
    assert.match(lesson.questionOf('ping-seen'), /each twenty seconds/);
  });

  it('says of broken frames what the presets and RFC 6455 say', () => {
    const preset = (id: string) => presetOf(id) ?? assert.fail(id);
    lesson.quotes(`a length of 5 in the 16-bit form`);
    assert.equal(preset('long-form').label, 'a length of 5 in the 16-bit form');
    const [euro, rest] = preset('half-euro').frames;
    const octets = [...(euro?.payload ?? []), ...(rest?.payload ?? [])];
    lesson.quotes(`\`€\` is three bytes, \`${hexFromOctets(new Uint8Array(octets), ' ')}\``);
    assert.equal(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(octets)), '€');
    lesson.quotes(`\`${preset('predictable-key').label}\``);
    lesson.quotes(`key ${hexFromOctets(PREDICTABLE_KEY, ' ')}`);
    assert.equal(webSocketViolation('CLIENT_FRAME_NOT_MASKED').closeCode, 1002);
    assert.equal(webSocketViolation('TEXT_NOT_UTF8').closeCode, 1007);
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
