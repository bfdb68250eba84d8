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
      'What the frame is: 1 text, 2 binary, 0 continues the message before; 8 close, 9 ping, 10 pong.',
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
      'The length of the payload, since 7 bits were not enough. The most significant byte is first.',
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
    sentence:
      'Why the connection ends, as a number of two bytes. A client masks it, as all payload.',
  },
  'close-reason': {
    title: 'Close reason',
    sentence:
      'A text of at most 123 bytes, for a log or for the script. It is not to be shown to users.',
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
  'field-name': {
    title: 'Field name',
    sentence: 'The name of a header field; capitals make no difference.',
  },
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
  'event-end': {
    title: 'End of event',
    sentence: 'An empty line ends the event: now the script gets it.',
  },
  preface: {
    title: 'Connection preface',
    sentence:
      'What a client of HTTP/2 says first. A server of HTTP/1.1 would take it for a request that it does not know, and refuse.',
  },
  'frame-length': {
    title: 'Length',
    sentence:
      'Of the payload, without these nine bytes of frame header; at most 16,384 unless more was allowed.',
  },
  'frame-type': {
    title: 'Type',
    sentence: 'What the frame is: HEADERS, DATA, SETTINGS and seven more. Others are ignored.',
  },
  'frame-flags': {
    title: 'Flags',
    sentence:
      'Bits whose meaning depends on the type. END_STREAM: the sender has no more on this stream.',
  },
  'stream-identifier': {
    title: 'Stream identifier',
    sentence:
      'One reserved bit and 31 bits: which stream this is of. Clients open odd ones; 0 is the connection itself.',
  },
  'record-type': {
    title: 'Content type',
    sentence:
      'What the record is: handshake, change_cipher_spec, alert or application_data. TLS 1.3 calls everything that it encrypts application_data.',
  },
  'record-version': {
    title: 'Legacy version',
    sentence:
      'Not the version that is spoken: TLS 1.3 writes the number of TLS 1.0 or 1.2 here, since boxes on the way refused others.',
  },
  'record-length': {
    title: 'Length',
    sentence: 'Of what follows in this record. It is in the clear, so anybody sees sizes.',
  },
  'handshake-type': {
    title: 'Handshake type',
    sentence: 'The first message of each side, its hello, is not encrypted yet.',
  },
  'handshake-message': {
    title: 'The hello',
    sentence:
      'Random bytes, what the side can do, its part of the key exchange; in the client’s, the name of the server that it wants.',
  },
  fragment: {
    title: 'Fragment',
    sentence:
      'Encrypted. Only the two ends of TLS can read it. A box sees how long it is, and cannot change it unnoticed.',
  },
  'hpack-indexed': {
    title: 'Indexed field',
    sentence:
      'A whole field, name and value, as the number of its entry in a table that both sides keep.',
  },
  'hpack-literal': {
    title: 'Literal field',
    sentence:
      'A value follows, and the name too unless an entry has it. The first bits say whether both sides add the field to their table.',
  },
  'hpack-name': {
    title: 'Field name, spelled out',
    sentence: 'Its length and then its letters, in Huffman code where that is shorter.',
  },
  'hpack-value': {
    title: 'Field value, spelled out',
    sentence: 'Its length and then its letters, in Huffman code where that is shorter.',
  },
  'hpack-table-size': {
    title: 'Table size',
    sentence:
      'How much the table of fields may hold from here on. Fields that do not fit fall out.',
  },
  'field-block-fragment': {
    title: 'Piece of a field block',
    sentence:
      'A part of header fields that take several frames; the row of the last one has them all.',
  },
  tunnelled: {
    title: 'WebSocket inside',
    sentence:
      'Bytes of the WebSocket that this stream carries: the same frames as ever. The next row has the one that they end.',
  },
  'pad-length': { title: 'Pad length', sentence: 'How many bytes of padding end this frame.' },
  padding: { title: 'Padding', sentence: 'Zeros that hide the real length from whoever listens.' },
  'stream-dependency': {
    title: 'Stream dependency',
    sentence: 'Of an old scheme of priorities, which RFC 9113 has given up.',
  },
  weight: {
    title: 'Weight',
    sentence: 'Of an old scheme of priorities, which RFC 9113 has given up.',
  },
  'error-code': { title: 'Error code', sentence: 'Why the stream or the connection ends.' },
  'setting-identifier': {
    title: 'Setting',
    sentence:
      'What this side says about itself. ENABLE_CONNECT_PROTOCOL, 8, allows WebSocket on a stream (RFC 8441).',
  },
  'setting-value': { title: 'Value of the setting', sentence: 'A number of four bytes.' },
  'promised-stream-identifier': {
    title: 'Promised stream',
    sentence: 'The stream on which the server wants to push a response.',
  },
  'opaque-data': { title: 'Opaque data', sentence: 'Eight bytes that the answer repeats.' },
  'last-stream-identifier': {
    title: 'Last stream',
    sentence:
      'The highest stream that the sender may have worked on; later ones can be tried anew.',
  },
  'additional-debug-data': { title: 'Debug data', sentence: 'For whoever reads the log.' },
  'window-size-increment': {
    title: 'Window size increment',
    sentence: 'How many more bytes of DATA the other side may send: the flow control of HTTP/2.',
  },
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
