/** What a named part of some octets is, for the reader. */
export type PartWords = { readonly title: string; readonly sentence: string };

/** By the names of `src/capture/parts.ts`. */
export const partWords = {
  fin: {
    title: 'FIN',
    sentence: '1: this frame ends its message. 0: more fragments of the same message follow.',
  },
  rsv1: {
    title: 'RSV1',
    sentence: 'Reserved for extensions. permessage-deflate sets it on a compressed message.',
  },
  rsv2: { title: 'RSV2', sentence: 'Reserved for extensions: 0 unless one was agreed on.' },
  rsv3: { title: 'RSV3', sentence: 'Reserved for extensions: 0 unless one was agreed on.' },
  opcode: {
    title: 'Opcode',
    sentence:
      'What the frame is: 1 text, 2 binary, 0 goes on with the message before; 8 close, 9 ping, 10 pong.',
  },
  mask: {
    title: 'MASK',
    sentence:
      '1: a masking key follows, and the payload is masked. Clients must, servers must not.',
  },
  'payload-length': {
    title: 'Payload length',
    sentence:
      'Up to 125 it is the length itself. 126 says that the next 2 bytes hold it, 127 that the next 8 do.',
  },
  'extended-payload-length': {
    title: 'Extended payload length',
    sentence:
      'The length of the payload, since 7 bits were not enough. The first byte weighs most.',
  },
  'masking-key': {
    title: 'Masking key',
    sentence:
      'A fresh random key for each frame. Every payload byte is XORed with one of its four bytes, so that a page can’t choose the bytes that a box on the way sees.',
  },
  'payload-data': {
    title: 'Payload',
    sentence: 'The content of the frame as it crossed the wire; masked if it came from a client.',
  },
  'close-code': {
    title: 'Close code',
    sentence: 'Why the connection ends, as a number of two bytes. Masked like all payload upwards.',
  },
  'close-reason': {
    title: 'Close reason',
    sentence:
      'A text of at most 123 bytes for whoever reads the log. Programs should not parse it.',
  },
  method: { title: 'Method', sentence: 'What the client wants done with the resource.' },
  'request-target': {
    title: 'Request target',
    sentence: 'Which resource is asked for: path and query. The host has its own field.',
  },
  'http-version': {
    title: 'HTTP version',
    sentence: 'The version of the message’s form; both sides say which one they speak.',
  },
  'status-code': {
    title: 'Status code',
    sentence: 'How the request went. The first digit names the class; programs go by the number.',
  },
  'reason-phrase': {
    title: 'Reason phrase',
    sentence: 'Words for human eyes. Clients ignore them, and HTTP/2 has left them out.',
  },
  separator: { title: 'Space', sentence: 'One space keeps the parts of the first line apart.' },
  'field-name': { title: 'Field name', sentence: 'The name of a header field, in any case.' },
  'field-separator': {
    title: 'Separator',
    sentence: 'A colon without white space before it, and optional space after it.',
  },
  'field-value': { title: 'Field value', sentence: 'The value of the header field before it.' },
  'line-end': { title: 'End of line', sentence: 'CR and LF, two bytes, end each line of a head.' },
  'head-end': {
    title: 'End of head',
    sentence: 'An empty line. What follows is the body, the next message, or another protocol.',
  },
  'chunk-size': {
    title: 'Chunk size',
    sentence: 'How many bytes of body follow, in hexadecimal; 0 ends the body.',
  },
  'chunk-extension': {
    title: 'Chunk extension',
    sentence: 'May say more about one chunk. Hardly anybody uses it, and receivers ignore it.',
  },
  'chunk-data': { title: 'Chunk data', sentence: 'A piece of the body, as long as its size says.' },
  'event-field': {
    title: 'Event field',
    sentence: 'A field of the event stream: data, id, event or retry. Others are ignored.',
  },
  'event-value': { title: 'Field value', sentence: 'The value of the event’s field before it.' },
  'event-end': { title: 'End of event', sentence: 'An empty line sends the event to the script.' },
  body: { title: 'Body', sentence: 'The content of the message, in the form its fields describe.' },
  withheld: {
    title: 'Withheld',
    sentence:
      'Not stored. Each • stands for one byte, so that lengths stay true: secrets of other programs on this machine stay theirs.',
  },
  unread: {
    title: 'Not read',
    sentence: 'Bytes that fit no rule of the protocol that should be spoken here.',
  },
} as const satisfies Readonly<Record<string, PartWords>>;
