import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpSyntaxCodes, HttpViolationCodes } from '#protocol/http/violation.ts';
import { Http2ViolationCodes } from '#protocol/http2/frame-violations.ts';
import { WebSocketViolationCodes } from '#protocol/websocket/violation.ts';
import { violationWords } from '#words/violations.ts';

/** Codes of `FrameReader` for octets that it could not lay out. */
const unreadFrames = ['PAYLOAD_LENGTH_ABOVE_BOUND', 'FRAME_INCOMPLETE'];
const unreadHttp2 = ['PREFACE_INVALID', 'FRAME_LENGTH_ABOVE_BOUND', 'FRAME_INCOMPLETE'];

describe('the words for broken rules', () => {
  it('say one sentence for each rule, and never the same twice', () => {
    const codes = new Set<string>([
      ...WebSocketViolationCodes,
      ...HttpViolationCodes,
      ...HttpSyntaxCodes,
      ...unreadFrames,
      ...Http2ViolationCodes,
      ...unreadHttp2,
    ]);
    assert.deepEqual(Object.keys(violationWords).sort(), [...codes].sort());
    const sentences = Object.values(violationWords);
    for (const sentence of sentences) assert.match(sentence, /^\S.*\.$/);
    assert.equal(new Set(sentences).size, sentences.length);
  });
});
