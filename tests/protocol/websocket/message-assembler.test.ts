import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { MessageAssembler } from '#protocol/websocket/message-assembler.ts';
import { octetsFromHex } from '#protocol/octets.ts';

/** Per frame: the codes of what it breaks, or the message that it ends, or nothing. */
function outcomes(hex: string): string[] {
  const assembler = new MessageAssembler();
  return new FrameReader().push(octetsFromHex(hex)).map((element) => {
    assert.equal(element.type, 'frame');
    if (element.type !== 'frame') return '';
    const { message, violations } = assembler.push(element.frame);
    const text = message && Buffer.from(message.applicationData).toString();
    const ended = message && `${message.type} ${text} in ${message.fragments}`;
    return [...violations.map(({ code }) => code), ...(ended === undefined ? [] : [ended])].join(
      ' ',
    );
  });
}

describe('MessageAssembler', () => {
  it('joins the fragments of RFC 6455 §5.7, with a ping between them (§5.5)', () => {
    assert.deepEqual(outcomes('01 03 48 65 6c 89 00 80 02 6c 6f'), ['', '', 'text Hello in 2']);
  });

  it('keeps the type of the first fragment (§5.4)', () => {
    assert.deepEqual(outcomes('02 01 41 00 01 42 80 01 43'), ['', '', 'binary ABC in 3']);
  });

  it('reads an empty message', () => {
    assert.deepEqual(outcomes('81 00 82 00'), ['text  in 1', 'binary  in 1']);
  });

  it('takes a character split over frames, not one split at the end (§8.1)', () => {
    assert.deepEqual(outcomes('01 02 e2 82 80 01 ac'), ['', 'text € in 2']);
    assert.deepEqual(outcomes('01 01 e2 80 01 82'), ['', 'TEXT_NOT_UTF8 text \ufffd in 2']);
  });

  it('names octets that are not UTF-8 in the frame that holds them, once (§8.1)', () => {
    assert.deepEqual(outcomes('01 01 ff 80 01 fe'), ['TEXT_NOT_UTF8', 'text \ufffd\ufffd in 2']);
  });

  it('reads binary without regard to UTF-8', () => {
    assert.deepEqual(outcomes('82 01 ff'), ['binary \ufffd in 1']);
  });

  it('names a continuation of nothing (§5.4)', () => {
    assert.deepEqual(outcomes('80 01 41 81 00'), ['CONTINUATION_WITHOUT_MESSAGE', 'text  in 1']);
  });

  it('names a message inside a message, and goes on with the new one (§5.4)', () => {
    assert.deepEqual(outcomes('01 01 41 81 01 42'), ['', 'MESSAGE_INSIDE_MESSAGE text B in 1']);
  });

  it('names data frames after a Close (§5.5.1) and a second Close (§7.1.5), not a Ping (§5.5.2)', () => {
    assert.deepEqual(outcomes('88 00 89 00 81 00 88 00'), [
      '',
      '',
      'FRAME_AFTER_CLOSE text  in 1',
      'CLOSE_REPEATED',
    ]);
  });

  it('leaves deflated text unjudged (RFC 7692 §6)', () => {
    // Curriculum B.2: `Hello` deflated.
    const assembler = new MessageAssembler();
    const [element] = new FrameReader().push(octetsFromHex('c1 07 f2 48 cd c9 c9 07 00'));
    assert.ok(element?.type === 'frame');
    const { message, violations } = assembler.push(element.frame);
    assert.deepEqual(violations, []);
    assert.equal(message?.compressed, true);
  });
});
